/** What is published stays what readers see while its people write on. */
import { readFile } from "node:fs/promises";

import { faultsOf } from "./world/faults.mjs";
import { card, comment } from "./world/margin.mjs";
import { expect, test } from "./world/world.mjs";

const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
const region = (person, name) => person.page.getByRole("region", { name, exact: true });
const dialog = (person) => person.page.getByRole("dialog");

const TIPS = "Tips for those who apply it";

async function axe(person) {
  expect(await faultsOf(person.page)).toEqual([]);
}

async function write(person, section, words) {
  await box(person, section).click();
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.type(words);
  await expect(person.page.getByRole("status").filter({ hasText: /^Saved/ }).first()).toBeVisible();
}

/** Describes a practice in the person's own project and publishes it with one press. */
async function describe(person, name) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await person.button("New practice").click();
  await expect(box(person, TIPS)).toHaveAttribute("contenteditable", "true");
  await box(person, "Name").fill(name);
  await box(person, "Name").press("Tab");
  await write(person, TIPS, "Keep the kettle on.");
  await person.button("Publish").click();
  await expect(person.button("Unpublish")).toBeVisible();
  await expect(person.button("Publish changes")).toHaveCount(0);
  await person.sees("Synced");
  return person.path.replace(/\/edit$/, "");
}

/** Publishes what was written since, with a reason. */
async function publishChanges(person, reason) {
  await person.button("Publish changes").click();
  await dialog(person).getByLabel("What changed and why?").fill(reason);
  await dialog(person).getByRole("button", { name: "Publish changes", exact: true }).click();
  await expect(person.button("Publish changes")).toHaveCount(0);
}

/** Visits until the record is on this device. */
async function finds(person, path, name) {
  await expect(async () => {
    await person.visit(path);
    await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }).toPass();
}

test("Q42 P51 P53 readers go on seeing what was published, and a copy is told why it changed", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Village laptop");
  const olli = await meet("olli-lammi");
  await finds(olli, path, "Village laptop");
  await olli.button("Adopt").click();
  await dialog(olli).getByLabel("Name in your project").fill("Our laptop");
  await dialog(olli).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(olli.page.getByRole("heading", { level: 1, name: "Our laptop" })).toBeVisible();
  const copy = olli.path;
  await olli.sees("Synced");

  await olli.visit(path);
  await expect(region(olli, TIPS)).toContainText("Keep the kettle on.");
  await marja.visit(`${path}/edit`);
  await write(marja, TIPS, " Charge the battery.");
  await marja.sees("Synced");
  await expect(marja.button("Publish changes")).toBeVisible();
  // The words have come: something later of the same person shows here.
  const sign = await marja.begin("A sign");
  await sign.isSent();
  await marja.button("Publish").click();
  await finds(olli, sign.path.replace(/\/edit$/, ""), "A sign");
  await olli.visit(path);
  await expect(region(olli, TIPS)).toContainText("Keep the kettle on.");
  await expect(region(olli, TIPS)).not.toContainText("Charge the battery.");
  await expect(olli.page.getByText("are not published yet")).toHaveCount(0);
  await olli.visit(copy);
  await expect(region(olli, TIPS)).toContainText("Keep the kettle on.");
  await expect(olli.button("Review improvements")).toHaveCount(0);

  await marja.visit(path);
  await expect(region(marja, TIPS)).toContainText("Charge the battery.");
  await expect(marja.page.getByText(/^Changes since .+ are not published yet\.$/)).toBeVisible();
  await axe(marja);
  await marja.button("Publish changes").click();
  await expect(dialog(marja).getByText("Those who use the practice see this.")).toBeVisible();
  await axe(marja);
  await dialog(marja).getByRole("button", { name: "Cancel" }).click();
  await publishChanges(marja, "The battery died in the middle of a form.");
  await marja.sees("Synced");
  await expect(marja.page.getByText("are not published yet")).toHaveCount(0);

  await olli.visit(copy);
  await olli.button("Review improvements").click();
  await expect(olli.page.getByText("“The battery died in the middle of a form.”")).toBeVisible();
  await expect(olli.page.locator("section.mg")).toContainText(/Marja Koskela, .+:/);
  await axe(olli);
  await olli.visit(path);
  await expect(region(olli, TIPS)).toContainText("Charge the battery.");
});

test("P93 MA8 what is said beside a draft of a published text stays with its project", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Village laptop");
  const olli = await meet("olli-lammi");
  await finds(olli, path, "Village laptop");
  await write(marja, TIPS, " The spare battery is lost.");
  await comment(marja, box(marja, TIPS), "spare battery", "Who had it last?");
  await marja.sees("Synced");
  await card(marja, "spare battery").getByRole("link", { name: "Open the discussion" }).click();
  await expect(marja.page.getByRole("heading", { level: 1, name: "spare battery" })).toBeVisible();
  const thread = marja.path;
  await marja.visit(`${path}/edit`);
  await publishChanges(marja, "We looked for it.");
  await marja.sees("Synced");
  // What was published later has come, so the thread would have come too.
  await olli.visit(path);
  await expect(region(olli, TIPS)).toContainText("The spare battery is lost.");
  await olli.visit(thread);
  await expect(olli.heading("Not on this device")).toBeVisible();
});

test("P50 P52 P54 a list, a page, a file and a look of its writer say what is published of a document", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Quiet notice", "The hall is open.");
  await writing.isSent();
  await marja.button("Publish").click();
  await marja.sees("Synced");
  const path = writing.path.replace(/\/edit$/, "");
  const anybody = await meet("anneli-korpi");
  await finds(anybody, path, "Quiet notice");

  await writing.rename("Loud notice");
  await writing.addParagraph("The hall is clo");
  await writing.isSent();
  await anybody.visit(path);
  await expect(anybody.heading("Quiet notice")).toBeVisible();
  await expect(anybody.text).toHaveText(["The hall is open."]);
  await anybody.visit("/documents?project=all&q=notice");
  await expect(anybody.link("Quiet notice")).toBeVisible();
  await expect(anybody.link("Loud notice")).toHaveCount(0);

  await marja.read(path);
  await expect(marja.heading("Loud notice")).toBeVisible();
  await expect(marja.text).toHaveText(["The hall is open.", "The hall is clo"]);
  await marja.button("See what is published").click();
  await expect(marja.text).toHaveText(["The hall is open."]);
  await axe(marja);
  await marja.button("Back to the working version").click();
  await expect(marja.text).toHaveText(["The hall is open.", "The hall is clo"]);

  await server.stop();
  await marja.page.getByLabel("More actions").click();
  const [file] = await Promise.all([
    marja.page.waitForEvent("download"),
    marja.button("Export as Markdown").click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain("# Quiet notice");
  expect(text).not.toContain("The hall is clo");

  await publishChanges(marja, "");
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Synced");
  await expect(async () => {
    await anybody.visit(path);
    await expect(anybody.heading("Loud notice")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(anybody.text).toHaveText(["The hall is open.", "The hall is clo"]);
});
