/** A practice is adopted, improved on both sides, received and offered back: story S-B. */
import { faultsOf } from "./world/faults.mjs";
import { expect, test } from "./world/world.mjs";

const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
const region = (person, name) => person.page.getByRole("region", { name, exact: true });
const dialog = (person) => person.page.getByRole("dialog");

async function write(person, section, words) {
  await box(person, section).click();
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.type(words);
  await expect(person.page.getByRole("status").filter({ hasText: /^Saved/ }).first()).toBeVisible();
}

/** The person of one project describes a practice and publishes it. */
async function describe(person, name) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await person.button("New practice").click();
  await expect(box(person, "Tips for those who apply it")).toHaveAttribute("contenteditable", "true");
  await box(person, "Name").fill(name);
  await box(person, "Name").press("Tab");
  await write(person, "Tips for those who apply it", "Keep the kettle on.");
  await write(person, "The basic idea of the solution", "A table, a laptop and time.");
  await person.button("Publish").click();
  await expect(person.button("Unpublish")).toBeVisible();
  await person.sees("Synced");
  return person.path.replace(/\/edit$/, "");
}

/** Publishes what was written since the last time. */
async function publishChanges(person, reason) {
  await person.button("Publish changes").click();
  await dialog(person).getByLabel("What changed and why?").fill(reason);
  await dialog(person).getByRole("button", { name: "Publish changes", exact: true }).click();
  await expect(person.button("Publish changes")).toHaveCount(0);
}

/** The person of another project adopts it under another name; gives where the copy is read. */
async function adopt(person, path, name) {
  await person.visit(path);
  await person.button("Adopt").click();
  await dialog(person).getByLabel("Name in your project").fill(name);
  await dialog(person).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  return person.path;
}

const section = (person, name) => person.page.locator("section.mg").filter({ has: person.page.getByRole("heading", { name, exact: true }) });
const choose = (person, name, choice) => section(person, name).getByRole("button", { name: choice, exact: true }).click();

async function axe(person) {
  expect(await faultsOf(person.page)).toEqual([]);
}

test("Q40 an adopted practice receives improvements and offers back, with the server away in between", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Council of associations");
  const olli = await meet("olli-lammi");
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();

  await server.stop();
  const copy = await adopt(olli, path, "Partnership table");
  await expect(olli.page.locator(".prov")).toContainText("Council of associations");
  await olli.visit(`${copy}/edit`);
  await write(olli, "Tips for those who apply it", " We meet in the evening.");
  await marja.visit(`${path}/edit`);
  await write(marja, "Tips for those who apply it", " Invite the town.");
  await write(marja, "The basic idea of the solution", " Somebody writes down what is agreed.");
  await publishChanges(marja, "The town was missing.");
  await server.start();
  await Promise.all([marja.noticesNetwork(), olli.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), olli.sees("Synced")]);

  await olli.visit(copy);
  await olli.button("Review improvements").click();
  await expect(olli.page.getByRole("heading", { level: 1, name: "2 improvements from the original" })).toBeVisible();
  await axe(olli);
  await choose(olli, "The basic idea of the solution", "Take original");
  await choose(olli, "Tips for those who apply it", "Edit");
  await expect(box(olli, "Your new text")).toContainText("We meet in the evening.");
  await expect(box(olli, "Your new text")).toContainText("Invite the town.");
  await axe(olli);
  await olli.button("Merge").click();
  await expect(region(olli, "The basic idea of the solution")).toContainText("Somebody writes down what is agreed.");
  await expect(region(olli, "Tips for those who apply it")).toContainText("Invite the town.");
  await expect(region(olli, "Tips for those who apply it")).toContainText("We meet in the evening.");
  await expect(olli.button("Review improvements")).toHaveCount(0);

  await olli.button("Suggest to the original").click();
  await dialog(olli).getByRole("checkbox", { name: "Tips for those who apply it" }).check();
  await dialog(olli).getByLabel("Reason").fill("More people can come.");
  await axe(olli);
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await expect(dialog(olli)).toHaveCount(0);
  await olli.sees("Synced");

  await marja.visit(path);
  await expect(marja.page.getByRole("heading", { name: "1 suggestion waits for an answer" })).toBeVisible();
  await expect(marja.page.getByText("More people can come.")).toBeVisible();
  await axe(marja);
  await marja.button("Accept").click();
  await expect(region(marja, "Tips for those who apply it")).toContainText("We meet in the evening.");
  await expect(region(marja, "From others")).toContainText("Tips for those who apply it");
  await marja.sees("Synced");

  await olli.visit(copy);
  await expect(region(olli, "Your suggestions to the original")).toContainText("accepted");
  await expect(olli.button("Review improvements")).toHaveCount(0);
});

test("Q41 what is kept is not proposed again, and a declined suggestion says why", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Library table");
  const olli = await meet("olli-lammi");
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();
  const copy = await adopt(olli, path, "Village table");
  await olli.visit(`${copy}/edit`);
  await write(olli, "Tips for those who apply it", " We have coffee.");
  await olli.sees("Synced");
  await marja.visit(`${path}/edit`);
  await write(marja, "Tips for those who apply it", " Invite the town.");
  await publishChanges(marja, "The town was missing.");
  await marja.sees("Synced");
  await olli.visit(copy);
  await olli.button("Review improvements").click();
  await choose(olli, "Tips for those who apply it", "Keep ours");
  await olli.button("Merge").click();
  await expect(olli.button("Undo")).toBeVisible();
  await expect(region(olli, "Tips for those who apply it")).not.toContainText("Invite the town.");
  await expect(olli.button("Review improvements")).toHaveCount(0);

  await olli.button("Suggest to the original").click();
  await dialog(olli).getByRole("checkbox", { name: "Tips for those who apply it" }).check();
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await olli.sees("Synced");
  await marja.visit(path);
  await marja.button("Decline").click();
  await box(marja, "Why do you decline it?").fill("Not everybody drinks coffee.");
  await marja.button("Decline").click();
  await expect(marja.page.getByRole("heading", { name: /suggestion waits/ })).toHaveCount(0);
  await marja.sees("Synced");
  await olli.visit(copy);
  await expect(region(olli, "Your suggestions to the original")).toContainText("Not everybody drinks coffee.");
});
