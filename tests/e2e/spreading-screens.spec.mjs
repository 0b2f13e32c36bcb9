/**
 * The screens of adopting, receiving, suggesting and carrying, each looked at in three languages,
 * light, dark and narrow. `TALKOOT_PICTURES=FOLDER` keeps a picture of each.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { LANGUAGES, lookAt, word } from "./world/looking.mjs";
import { Person } from "./world/person.mjs";
import { settled, speak } from "./world/screens.mjs";
import { dialog, packed, test, unpack, writeAlone } from "./world/stick.mjs";
import { ACCOUNTS, discard, exampleData, Server } from "./world/talkoot.mjs";
import { expect } from "./world/world.mjs";

const STILL = { profile: { reducedMotion: "reduce" } };
const TIPS = "Tips for those who apply it";

test.describe.configure({ mode: "parallel" });

const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });

async function write(person, section, words) {
  await box(person, section).click();
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.type(words);
  await expect(person.page.getByRole("status").filter({ hasText: /^Saved/ }).first()).toBeVisible();
}

/** Looks at a screen in every language: `open` brings the person there by what it is called. */
async function inEach(person, where, path, open = async () => {}) {
  const found = [];
  for (const language of LANGUAGES) {
    await speak(person, language);
    await person.visit(path);
    await settled(person);
    await open((group, key) => word(language, group, key));
    found.push(...(await lookAt(person, `${where}-${language}`)));
  }
  await speak(person, "en");
  await person.visit("/");
  return found;
}

/** Marja's practice, published; gives its address. */
async function described(marja) {
  await marja.go("Projects");
  await marja.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await marja.button("New practice").click();
  await expect(box(marja, TIPS)).toHaveAttribute("contenteditable", "true");
  await box(marja, "Name").fill("Council of associations");
  await box(marja, "Name").press("Tab");
  await write(marja, TIPS, "Keep the kettle on. Järjestöyhdyshenkilöverkostotapaamiskutsukirje goes out early.");
  await write(marja, "The basic idea of the solution", "A table, a laptop and time.");
  await marja.button("Publish").click();
  await marja.sees("Synced");
  return marja.path.replace(/\/edit$/, "");
}

test("Q17 Q18 no screen of adopting, receiving and suggesting has a fault", async ({ meet }) => {
  test.setTimeout(600_000);
  const marja = await meet("marja-koskela", STILL);
  const olli = await meet("olli-lammi", STILL);
  const path = await described(marja);
  const found = [];
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();
  found.push(...(await inEach(olli, "practice-adopt", path, async (say) => {
    await olli.button(say("adopt", "adopt")).click();
    await expect(dialog(olli)).toBeVisible();
  })));

  await olli.visit(path);
  await olli.button("Adopt").click();
  await dialog(olli).getByLabel("Name in your project").fill("Partnership table");
  await dialog(olli).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(olli.heading("Partnership table")).toBeVisible();
  const copy = olli.path;
  await olli.visit(`${copy}/edit`);
  await write(olli, TIPS, " We meet in the evening.");
  await olli.sees("Synced");
  await marja.visit(`${path}/edit`);
  await write(marja, TIPS, " Invite the town.");
  await write(marja, "The basic idea of the solution", " Somebody writes down what is agreed.");
  await marja.button("Publish changes").click();
  await dialog(marja).getByRole("button", { name: "Publish changes", exact: true }).click();
  await expect(marja.button("Publish changes")).toHaveCount(0);
  await marja.sees("Synced");
  const ready = async (say) => expect(olli.button(say("review", "review"))).toBeVisible();
  found.push(...(await inEach(olli, "practice-copy", copy, ready)));
  const section = olli.page.locator("section.mg").first();
  found.push(...(await inEach(olli, "practice-review", `${copy}/improvements`, async (say) => {
    await expect(section).toBeVisible();
    await olli.button(say("review", "edit")).first().click();
    await expect(box(olli, say("review", "new_text"))).toBeVisible();
  })));

  await olli.visit(`${copy}/improvements`);
  await expect(olli.page.locator("section.mg")).toHaveCount(2);
  for (const one of await olli.page.locator("section.mg").all()) await one.getByRole("button", { name: "Keep ours" }).click();
  await olli.button("Merge").click();
  await expect(olli.button("Suggest to the original")).toBeVisible();
  found.push(...(await inEach(olli, "practice-suggest", copy, async (say) => {
    await olli.button(say("offer", "suggest")).click();
    await dialog(olli).getByRole("checkbox").first().check();
  })));
  await olli.visit(copy);
  await olli.button("Suggest to the original").click();
  await dialog(olli).getByRole("checkbox", { name: TIPS }).check();
  await dialog(olli).getByLabel("Reason").fill("More people can come.");
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await olli.sees("Synced");
  await marja.visit(path);
  await expect(marja.heading("1 suggestion waits for an answer")).toBeVisible();
  found.push(...(await inEach(marja, "practice-suggested", path, async (say) => {
    const decline = marja.button(say("offer", "decline"));
    await expect(decline).toBeVisible();
    // What was begun in one language is there in the next: pressed again, it would be sent.
    const why = box(marja, say("offer", "why"));
    if (!(await why.isVisible())) await decline.click();
    await why.fill("Kaikki eivät juo kahvia.");
    await why.scrollIntoViewIfNeeded();
  })));
  await marja.visit(path);
  await marja.button("Discard").click();
  await marja.button("Accept").click();
  await marja.sees("Synced");
  found.push(...(await inEach(marja, "practice-credit", path)));
  found.push(...(await inEach(olli, "practice-answered", copy)));
  found.push(...(await inEach(olli, "practice-export", copy, async (say) => {
    await olli.page.getByLabel(say("practice", "more")).click();
    await olli.page.getByText(say("transfer", "lock")).click();
    await expect(olli.page.getByLabel(say("transfer", "passphrase"))).toBeVisible();
  })));
  expect(found).toEqual([]);
});

test("Q17 Q18 no screen of choosing and carrying has a fault", async ({ server, meet, stick }) => {
  test.setTimeout(600_000);
  const programme = await exampleData();
  const other = await Server.over(programme);
  await other.start();
  const stranger = await Person.come(other, ACCOUNTS["marja-koskela"]);
  const found = [];
  try {
    await stranger.signIn();
    await other.stop();
    await writeAlone(stranger, "Words from elsewhere.");
    await stranger.visit("/sync");
    const strange = await packed(stranger, stick, "strange.talkoot");
    const pekka = await meet("pekka-niskanen", STILL);
    const marja = await meet("marja-koskela", STILL);
    await server.stop();
    await writeAlone(marja, "Words on a stick.");
    await marja.visit("/sync");
    const file = await packed(marja, stick, "whole.talkoot");
    await marja.visit("/sync");
    await marja.page.getByText("Lock with a passphrase").click();
    await marja.page.getByLabel("Passphrase").fill("kahvia ja pullaa");
    const locked = await packed(marja, stick, "locked.talkoot");
    const damaged = join(stick, "damaged.talkoot");
    const bytes = Buffer.from(await readFile(file));
    bytes[bytes.length - 9] ^= 4;
    await writeFile(damaged, bytes);

    for (const [where, path] of [["documents", "/documents?scope=all"], ["practices", "/practices"]]) {
      found.push(...(await inEach(pekka, `${where}-choosing`, path, async (say) => {
        await pekka.button(say("choose", "several")).click();
        const ticks = pekka.page.locator(".tick input");
        await ticks.nth(0).check();
        await ticks.nth(1).check();
        await expect(pekka.button(say("transfer", "export"))).toBeVisible();
      })));
    }
    const opened = (path) => (say) => unpack(pekka, path, say("transfer", "import"));
    found.push(...(await inEach(pekka, "sync-refused", "/sync", opened(damaged))));
    found.push(...(await inEach(pekka, "sync-locked", "/sync", async (say) => {
      await opened(locked)(say);
      await dialog(pekka).getByLabel(say("transfer", "passphrase")).fill("tea");
      await dialog(pekka).getByRole("button", { name: say("transfer", "unlock") }).click();
      await expect(dialog(pekka).getByRole("alert")).toBeVisible();
    })));
    await unpack(pekka, file);
    await pekka.visit("/sync");
    found.push(...(await inEach(pekka, "sync-report", "/sync", opened(strange))));
    found.push(...(await inEach(pekka, "sync-unverified", "/sync", async (say) => {
      await expect(pekka.button(say("transfer", "approve"))).toBeVisible();
      await pekka.page.getByText(say("transfer", "lock")).click();
    })));
  } finally {
    await stranger.leave();
    await other.remove();
    await discard(programme);
  }
  expect(found).toEqual([]);
});
