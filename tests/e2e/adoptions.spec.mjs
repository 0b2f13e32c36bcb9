/** What becomes of an adoption: its original closes, it ends and begins again, two tabs begin it; and what waits is told. */
import { faultsOf } from "./world/faults.mjs";
import { adopt, box, choose, describe, region, write } from "./world/practice.mjs";
import { expect, test } from "./world/world.mjs";

const TIPS = "Tips for those who apply it";
const dialog = (person) => person.page.getByRole("dialog");
const toast = (person) => person.page.locator(".toasts");
const lineage = (person) => person.page.locator(".prov");
const uses = (person) => person.page.locator("#adoptions li");
const inUse = (person) => person.page.locator(".phead").getByText("In use in 1 project");

async function axe(person) {
  expect(await faultsOf(person.page)).toEqual([]);
}

/** Opens a page as soon as what is on it has come. */
async function opens(person, path, seen) {
  await expect(async () => {
    await person.visit(path);
    await expect(seen(person)).toBeVisible();
  }).toPass();
}

/** One project's practice, and the copy that another project made of it. */
async function adopted(meet, name, copyName) {
  const marja = await meet("marja-koskela");
  const path = await describe(marja, name);
  const olli = await meet("olli-lammi");
  await opens(olli, path, (it) => it.button("Adopt"));
  const copy = await adopt(olli, path, copyName);
  await olli.sees("Synced");
  return { marja, olli, path, copy };
}

async function publishChanges(person, reason) {
  await person.button("Publish changes").click();
  await dialog(person).getByLabel("What changed and why?").fill(reason);
  await dialog(person).getByRole("button", { name: "Publish changes", exact: true }).click();
}

test("P84 G34 a copy says that its original is no longer open, keeps what it knows and offers nothing", async ({ meet }) => {
  test.slow();
  const { marja, olli, path, copy } = await adopted(meet, "Music table", "Song table");
  await marja.visit(`${path}/edit`);
  await write(marja, TIPS, " Invite the town.");
  await publishChanges(marja, "");
  await marja.sees("Synced");
  await expect(olli.button("Review improvements")).toBeVisible();
  await expect(olli.button("Suggest to the original")).toBeVisible();

  await marja.visit(path);
  await marja.button("Unpublish").click();
  await marja.sees("Synced");
  const gone = olli.page.getByText("The original cannot be seen here. It may no longer be published.");
  await expect(gone).toBeVisible();
  await expect(olli.page.getByText("Your version stays.")).toBeVisible();
  await expect(olli.button("Suggest to the original")).toHaveCount(0);
  await expect(olli.button("Review improvements")).toHaveCount(0);
  // The line of origins says what it knows, and leads nowhere that is not.
  await expect(lineage(olli)).toContainText("Music table");
  await expect(lineage(olli)).toContainText("cannot be seen here");
  await expect(lineage(olli)).toContainText("Adopted as it was then: You,");
  await expect(lineage(olli).getByRole("link", { name: "Music table" })).toHaveCount(0);
  await axe(olli);
  await olli.visit(`${copy}/improvements`);
  await expect(gone).toBeVisible();
  await axe(olli);
  await olli.visit("/");
  await expect(olli.heading("Waiting for you")).toHaveCount(0);

  await marja.button("Publish").click();
  await marja.sees("Synced");
  await opens(olli, copy, (it) => it.button("Suggest to the original"));
  await expect(gone).toHaveCount(0);
  await expect(lineage(olli).getByRole("link", { name: "Music table" })).toBeVisible();
});

test("P85 a second tab that adopts for the same project is led to the version that there is", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Bread table");
  const olli = await meet("olli-lammi");
  await opens(olli, path, (it) => it.button("Adopt"));
  await server.stop();
  const other = await olli.openTab(path);
  for (const [tab, name] of [[olli, "Rye table"], [other, "Wheat table"]]) {
    await tab.button("Adopt").click();
    await dialog(tab).getByLabel("Name in your project").fill(name);
  }
  await dialog(olli).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(olli.page.getByRole("heading", { level: 1, name: "Rye table" })).toBeVisible();
  await other.page.bringToFront();
  await dialog(other).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(other.page.getByRole("heading", { level: 1, name: "Rye table" })).toBeVisible();
  await expect(toast(other)).toContainText("already adopted");
  expect(other.path).toBe(olli.path);
  await other.visit("/practices?q=table");
  await expect(other.link("Rye table")).toBeVisible();
  await expect(other.link("Wheat table")).toHaveCount(0);
});

test("P86 G33 a publishing is taken back: readers see the version before, and the words stay", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Tea table");
  const olli = await meet("olli-lammi");
  await opens(olli, path, (it) => region(it, TIPS));
  await marja.visit(`${path}/edit`);
  await write(marja, TIPS, " Invite the town.");
  await publishChanges(marja, "The town was missing.");
  await expect(toast(marja)).toContainText("The changes are published.");
  await expect(region(olli, TIPS)).toContainText("Invite the town.");
  await toast(marja).getByRole("button", { name: "Undo" }).click();
  await expect(toast(marja)).toContainText("What you wrote stays here.");
  await expect(marja.button("Publish changes")).toBeVisible();
  await expect(box(marja, TIPS)).toContainText("Invite the town.");
  await marja.sees("Synced");
  await expect(region(olli, TIPS)).not.toContainText("Invite the town.");
  await expect(region(olli, TIPS)).toContainText("Keep the kettle on.");
});

test("P88 P89 what waits in practices is told on Home and in the library, with no network too", async ({ server, meet }) => {
  test.slow();
  const { marja, olli, path, copy } = await adopted(meet, "Garden council", "Village council");
  await olli.visit("/");
  await expect(olli.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(olli.heading("Waiting for you")).toHaveCount(0);
  await marja.visit(`${path}/edit`);
  await write(marja, TIPS, " Invite the town.");
  await publishChanges(marja, "The town was missing.");
  await marja.sees("Synced");

  const waiting = (person, what) => region(person, "Waiting for you").getByRole("link", { name: what });
  await expect(waiting(olli, /1 improvement from the original\s*Village council/)).toBeVisible();
  await axe(olli);
  await server.stop();
  await olli.visit("/practices?q=village+council");
  const card = (person, name) => person.page.locator(".pcard").filter({ hasText: name });
  await expect(card(olli, "Village council")).toContainText("1 improvement");
  await olli.visit("/");
  await waiting(olli, /1 improvement/).click();
  await choose(olli, TIPS, "Take original");
  await olli.button("Merge").click();
  await expect(region(olli, TIPS)).toContainText("Invite the town.");
  await olli.visit("/");
  await expect(waiting(olli, /improvement/)).toHaveCount(0);

  await olli.visit(`${copy}/edit`);
  await write(olli, TIPS, " Sing at the end.");
  await olli.visit(copy);
  await olli.button("Suggest to the original").click();
  await dialog(olli).getByRole("checkbox", { name: TIPS }).check();
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await expect(dialog(olli)).toHaveCount(0);
  await server.start();
  await Promise.all([marja.noticesNetwork(), olli.noticesNetwork()]);
  await olli.sees("Synced");
  await marja.visit("/practices?q=garden+council");
  await expect(card(marja, "Garden council")).toContainText("1 suggestion");
  await marja.visit("/");
  await waiting(marja, /1 suggestion waits for an answer\s*Garden council/).click();
  await marja.button("Accept").click();
  await expect(region(marja, TIPS)).toContainText("Sing at the end.");
  await marja.visit("/");
  await expect(marja.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(waiting(marja, /suggestion/)).toHaveCount(0);
});

test("P90 P91 a use that ends is listed with its time, begins again, and a version in the bin is not in use", async ({ meet }) => {
  test.slow();
  const { olli, path, copy } = await adopted(meet, "Story table", "Tale table");
  await olli.visit(path);
  await expect(inUse(olli)).toBeVisible();
  await olli.button("Withdraw").click();
  await expect(inUse(olli)).toHaveCount(0);
  await expect(uses(olli)).toContainText(/since .* until/);
  await toast(olli).getByRole("button", { name: "Undo" }).click();
  await expect(inUse(olli)).toBeVisible();
  await expect(uses(olli)).not.toContainText("until");

  await olli.button("Withdraw").click();
  await olli.button("Take into use again").click();
  await expect(inUse(olli)).toBeVisible();
  await expect(uses(olli)).toHaveCount(2);
  await expect(uses(olli).nth(0)).not.toContainText("until");
  await expect(uses(olli).nth(1)).toContainText("until");
  await axe(olli);

  await olli.visit(copy);
  await olli.page.getByLabel("More actions").click();
  await olli.button("Move to bin").click();
  await expect(toast(olli).getByRole("button", { name: "Undo" })).toBeVisible();
  await olli.visit(path);
  await expect(uses(olli).nth(0)).toContainText("in the bin");
  await expect(inUse(olli)).toHaveCount(0);
  await expect(olli.button("Adopt")).toBeVisible();
  await olli.visit(copy);
  await olli.button("Restore").click();
  await expect(olli.button("Restore")).toHaveCount(0);
  await olli.visit(path);
  await expect(inUse(olli)).toBeVisible();
});
