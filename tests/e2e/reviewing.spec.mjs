/** Improvements are reviewed while others write on, and another day. */
import { expect, test } from "./world/world.mjs";

const TIPS = "Tips for those who apply it";
const IDEA = "The basic idea of the solution";
const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
const region = (person, name) => person.page.getByRole("region", { name, exact: true });
const dialog = (person) => person.page.getByRole("dialog");
const section = (person, name) => person.page.locator("section.mg").filter({ has: person.page.getByRole("heading", { name, exact: true }) });
const way = (person, name, choice) => section(person, name).getByRole("button", { name: choice, exact: true });

async function write(person, name, words) {
  await box(person, name).click();
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.type(words);
  await expect(person.page.getByRole("status").filter({ hasText: /^Saved/ }).first()).toBeVisible();
  await person.sees("Synced");
}

async function publishChanges(person, reason) {
  await person.button("Publish changes").click();
  await dialog(person).getByLabel("What changed and why?").fill(reason);
  await dialog(person).getByRole("button", { name: "Publish changes", exact: true }).click();
  await expect(person.button("Publish changes")).toHaveCount(0);
  await person.sees("Synced");
}

/** A practice of Marja's that Olli adopted, with an improvement of two sections. */
async function improved(meet, name) {
  const marja = await meet("marja-koskela");
  await marja.go("Projects");
  await marja.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await marja.button("New practice").click();
  await expect(box(marja, TIPS)).toHaveAttribute("contenteditable", "true");
  await box(marja, "Name").fill(name);
  await box(marja, "Name").press("Tab");
  await write(marja, TIPS, "Keep the kettle on.");
  await marja.button("Publish").click();
  await expect(marja.button("Unpublish")).toBeVisible();
  await marja.sees("Synced");
  const path = marja.path.replace(/\/edit$/, "");
  const olli = await meet("olli-lammi");
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();
  await olli.button("Adopt").click();
  await dialog(olli).getByLabel("Name in your project").fill(`${name} of ours`);
  await dialog(olli).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(olli.page.getByRole("heading", { level: 1, name: `${name} of ours` })).toBeVisible();
  await olli.sees("Synced");
  await write(marja, TIPS, " Invite the town.");
  await write(marja, IDEA, "A table and a laptop.");
  await publishChanges(marja, "The town was missing.");
  return { marja, olli, path, copy: olli.path };
}

async function suggest(person) {
  await person.button("Suggest to the original").click();
  await dialog(person).getByRole("checkbox", { name: TIPS }).check();
}

test("P72 a new suggestion takes the place of the one that waits, and it is taken back", async ({ meet }) => {
  test.slow();
  const { olli, copy } = await improved(meet, "Cooking table");
  const given = region(olli, "Your suggestions to the original");
  await olli.visit(`${copy}/edit`);
  await write(olli, TIPS, " In the evening.");
  await olli.visit(copy);
  await suggest(olli);
  await expect(dialog(olli).getByText("Your earlier suggestion still waits")).toHaveCount(0);
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await expect(given.getByText("waits for an answer")).toHaveCount(1);
  await suggest(olli);
  await expect(dialog(olli).getByText("Your earlier suggestion still waits")).toBeVisible();
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await expect(dialog(olli)).toHaveCount(0);
  await expect(given.getByText("waits for an answer")).toHaveCount(1);
  await given.getByRole("button", { name: "Take the suggestion back" }).click();
  await expect(given).toHaveCount(0);
  await olli.button("Undo").click();
  await expect(given.getByText("waits for an answer")).toHaveCount(1);
  await olli.sees("Synced");
});

test("P71 what the original publishes and a colleague writes during a review is in what is merged", async ({ meet }) => {
  test.slow();
  const { marja, olli, copy } = await improved(meet, "Sewing table");
  await olli.button("Review improvements").click();
  await way(olli, IDEA, "Take original").click();
  await way(olli, TIPS, "Edit").click();
  await expect(box(olli, "Your new text")).toContainText("Invite the town.");
  await box(olli, "Your new text").click();
  await olli.page.keyboard.press("Control+End");
  await olli.page.keyboard.type(" In the evening.");

  await write(marja, TIPS, " Sing at the end.");
  await publishChanges(marja, "Singing helped.");
  await expect(section(olli, TIPS)).toContainText("The original changed again");
  await expect(section(olli, TIPS)).toContainText("What you wrote is still there");
  await expect(way(olli, IDEA, "Take original")).toHaveAttribute("aria-pressed", "true");
  await expect(way(olli, TIPS, "Edit")).toHaveAttribute("aria-pressed", "false");
  await way(olli, TIPS, "Edit").click();
  for (const words of ["In the evening.", "Invite the town.", "Sing at the end."]) {
    await expect(box(olli, "Your new text")).toContainText(words);
  }

  const saara = await meet("saara-lehtimaki");
  await expect(async () => {
    await saara.visit(`${copy}/edit`);
    await expect(box(saara, TIPS)).toHaveAttribute("contenteditable", "true");
  }).toPass();
  await write(saara, TIPS, " The key is next door.");
  await expect(section(olli, TIPS)).toContainText("The key is next door.");
  await expect(way(olli, TIPS, "Edit")).toHaveAttribute("aria-pressed", "true");
  await olli.button("Merge").click();
  const tips = region(olli, TIPS);
  for (const words of ["Keep the kettle on.", "In the evening.", "Invite the town.", "Sing at the end.", "The key is next door."]) {
    await expect(tips.getByText(words)).toHaveCount(1);
  }
  await expect(region(olli, IDEA)).toContainText("A table and a laptop.");
  await expect(olli.button("Review improvements")).toHaveCount(0);
});

/** From the next load on nothing of a review is stored, as on a full disk. */
async function storesNoChoices(person) {
  await person.page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      const key = ArrayBuffer.isView(given[1]) ? new TextDecoder().decode(given[1]) : "";
      if (key.startsWith("review.")) throw new DOMException("the disk is full", "QuotaExceededError");
      return put.apply(this, given);
    };
  });
}

test("P70 what was chosen and written in a review is there when it goes on later", async ({ meet }) => {
  test.slow();
  const { olli, copy } = await improved(meet, "Knitting table");
  await olli.button("Review improvements").click();
  await way(olli, IDEA, "Keep ours").click();
  await way(olli, TIPS, "Edit").click();
  await expect(box(olli, "Your new text")).toContainText("Invite the town.");
  await box(olli, "Your new text").click();
  await olli.page.keyboard.press("Control+End");
  await olli.page.keyboard.type(" In the evening.");
  await storesNoChoices(olli);
  await olli.page.reload();
  await expect(box(olli, "Your new text")).toContainText("In the evening.");
  await box(olli, "Your new text").click();
  await olli.page.keyboard.press("Control+End");
  await olli.page.keyboard.type(" Bring wool.");
  await expect(olli.page.locator(".toasts")).toContainText("full");
  await olli.page.getByRole("link", { name: "Continue later" }).click();
  await olli.visit(copy);
  await olli.button("Review improvements").click();
  await expect(way(olli, IDEA, "Keep ours")).toHaveAttribute("aria-pressed", "true");
  await expect(box(olli, "Your new text")).toContainText("In the evening. Bring wool.");
  await expect(olli.page.getByText("2 / 2 chosen.")).toBeVisible();
  await olli.button("Merge").click();
  await expect(olli.button("Undo")).toBeVisible();
  await expect(region(olli, TIPS)).toContainText("In the evening. Bring wool.");
  await expect(olli.button("Review improvements")).toHaveCount(0);
  await olli.visit(`${copy}/improvements`);
  await expect(olli.page.getByText("The original has nothing new.")).toBeVisible();
  await expect(olli.page.getByText("In the evening.")).toHaveCount(0);
});
