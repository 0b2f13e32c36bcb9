/** What two people made of the same entry, the same suggestion or the same practice without each other. */
import { faultsOf } from "./world/faults.mjs";
import { expect, test } from "./world/world.mjs";

const TIPS = "Tips for those who apply it";
const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
const region = (person, name) => person.page.getByRole("region", { name, exact: true });
const dialog = (person) => person.page.getByRole("dialog");
const asks = (person, name) => expect(region(person, name)).toBeVisible();
const asksNothing = (person) => expect(person.page.locator("#choices").getByRole("radio")).toHaveCount(0);

async function write(person, section, words) {
  await box(person, section).click();
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.type(words);
  await expect(person.page.getByRole("status").filter({ hasText: /^Saved/ }).first()).toBeVisible();
}

/** Describes a practice with one entry of evidence and publishes it; gives where it is read. */
async function describe(person, name) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await person.button("New practice").click();
  await expect(box(person, TIPS)).toHaveAttribute("contenteditable", "true");
  await box(person, "Name").fill(name);
  await box(person, "Name").press("Tab");
  await write(person, TIPS, "Keep the kettle on.");
  await person.button("Add: Evidence").click();
  await box(person, "Result").fill("Seven of ten came again.");
  await box(person, "Method").fill("Interviews");
  await person.button("Save").click();
  await expect(person.button(/^Edit: Seven of ten came again/)).toBeVisible();
  await person.button("Publish").click();
  await expect(person.button("Unpublish")).toBeVisible();
  await person.sees("Synced");
  return person.path.replace(/\/edit$/, "");
}

/** Opens a page as soon as what is on it has come. */
async function opens(person, path, seen) {
  await expect(async () => {
    await person.visit(path);
    await expect(seen(person)).toBeVisible();
  }).toPass();
}

async function changeEntry(person, part, words) {
  await person.button(/^Edit: Seven of ten came again/).click();
  await box(person, part).fill(words);
  await person.button("Save").click();
  await person.sees(/changes? waiting/);
}

/** Writes the entry of both once more, after it was undone. */
async function changeBack(person) {
  await person.button(/^Edit: Seven of ten came again/).click();
  await box(person, "Method").fill("Interviews by telephone");
  await box(person, "Sample (n)").fill("10");
  await person.button("Save").click();
}

async function comesBack(server, ...people) {
  await server.start();
  await Promise.all(people.map((person) => person.noticesNetwork()));
}

async function axe(person) {
  expect(await faultsOf(person.page, { within: "#choices" })).toEqual([]);
}

test("Q45 P60 P87 an entry of evidence changed by both is a card on both, settled by one and gone for both", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Coffee table");
  const pekka = await meet("pekka-niskanen");
  await opens(pekka, `${path}/edit`, (it) => it.button(/^Edit: Seven of ten came again/));
  await marja.visit(`${path}/edit`);
  await server.stop();
  await changeEntry(marja, "Method", "Interviews by telephone");
  await changeEntry(pekka, "Sample (n)", "10");
  await comesBack(server, marja, pekka);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);

  for (const person of [marja, pekka]) {
    await asks(person, "Two people changed the same entry");
    const card = region(person, "Two people changed the same entry");
    await expect(card).toContainText("Method: Interviews by telephone");
    await expect(card).toContainText("Sample (n): 10");
    await expect(card.getByText("on this device")).toHaveCount(1);
    await expect(card.getByText("another device")).toHaveCount(1);
    await expect(card.getByRole("radio", { checked: true })).toHaveCount(0);
  }
  await axe(marja);
  // Neither alone is right: she writes an entry of both, beginning with the one that shows.
  const card = region(marja, "Two people changed the same entry");
  await card.getByRole("radio", { name: "Other value" }).check();
  await axe(marja);
  await card.getByRole("textbox", { name: "Method" }).fill("Interviews by telephone");
  await card.getByRole("textbox", { name: "Sample (n)" }).fill("10");
  await card.getByRole("button", { name: "Save" }).click();
  // Undoing is a change like any other.
  await marja.button("Undo").click();
  await expect(marja.button(/^Edit: Seven of ten came again.*telephone, 10/)).toHaveCount(0);
  await changeBack(marja);
  for (const person of [marja, pekka]) {
    await person.sees("Synced");
    await asksNothing(person);
    await expect(person.button(/^Edit: Seven of ten came again.*telephone, 10/)).toBeVisible();
  }
});

test("Q45 an entry removed by one and changed by another asks whether it stays", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Soup table");
  const pekka = await meet("pekka-niskanen");
  await opens(pekka, `${path}/edit`, (it) => it.button(/^Edit: Seven of ten came again/));
  await marja.visit(`${path}/edit`);
  await server.stop();
  await marja.button(/^Remove: Seven of ten came again/).click();
  await marja.sees(/changes? waiting/);
  await changeEntry(pekka, "Sample (n)", "10");
  await comesBack(server, marja, pekka);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);
  const card = region(marja, "One removed this entry, another changed it");
  await card.getByRole("radio", { name: /^Removed/ }).check();
  await card.getByRole("button", { name: "Remove the entry" }).click();
  for (const person of [marja, pekka]) {
    await person.sees("Synced");
    await asksNothing(person);
    await expect(person.button(/^Edit: Seven of ten came again/)).toHaveCount(0);
  }
});

test("Q45 P61 P92 a suggestion accepted by both stands there once, and one accepted and declined asks", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Reading table");
  const olli = await meet("olli-lammi");
  const saara = await meet("saara-lehtimaki");
  const adopts = (it) => it.button("Adopt");
  await Promise.all([opens(olli, path, adopts), opens(saara, path, adopts)]);

  // Two adopt for one project: one entry with two sides.
  await server.stop();
  for (const [person, name] of [[olli, "Olli's table"], [saara, "Saara's table"]]) {
    await person.button("Adopt").click();
    await dialog(person).getByLabel("Name in your project").fill(name);
    await dialog(person).getByRole("button", { name: "Adopt", exact: true }).click();
    await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  const copy = olli.path;
  await olli.visit(`${copy}/edit`);
  await write(olli, TIPS, " Invite the town.");
  await comesBack(server, olli, saara, marja);
  await saara.sees("Needs your choice");
  await saara.visit(path);
  const copies = region(saara, "Your project has two versions of this practice");
  await expect(copies).toBeVisible();
  for (const name of ["Olli's table", "Saara's table"]) {
    await expect(copies.getByRole("link", { name })).toBeVisible();
  }
  await expect(copies).toContainText(`Changed from the original: ${TIPS}`);
  await expect(copies).toContainText("Says what the original says");
  await expect(copies).toContainText("The other version stays too");
  await axe(saara);
  await copies.getByRole("radio", { name: /Olli's table/ }).check();
  await copies.getByRole("button", { name: "Use this one" }).click();
  for (const person of [olli, saara]) {
    await person.visit(path);
    await asksNothing(person);
    await person.sees("Synced");
  }

  // One suggestion, accepted by two.
  await olli.visit(copy);
  await olli.button("Suggest to the original").click();
  await dialog(olli).getByRole("checkbox", { name: TIPS }).check();
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await expect(dialog(olli)).toHaveCount(0);
  await olli.sees("Synced");
  const pekka = await meet("pekka-niskanen");
  const waits = (it) => it.button("Accept");
  await Promise.all([opens(pekka, path, waits), opens(marja, path, waits)]);
  await server.stop();
  for (const person of [marja, pekka]) {
    await person.button("Accept").click();
    await expect(region(person, "From others")).toContainText(TIPS);
    await person.sees(/changes? waiting/);
  }
  await comesBack(server, marja, pekka, olli);
  for (const person of [marja, pekka]) {
    await person.sees("Synced");
    await asksNothing(person);
    await expect(person.page.getByText("Invite the town.")).toHaveCount(1);
  }

  // Another one, accepted by one and declined by the other.
  await olli.visit(`${copy}/edit`);
  await write(olli, TIPS, " Sing at the end.");
  await olli.visit(copy);
  await olli.button("Suggest to the original").click();
  await dialog(olli).getByRole("checkbox", { name: TIPS }).check();
  await dialog(olli).getByRole("button", { name: "Send the suggestion" }).click();
  await olli.sees("Synced");
  await Promise.all([opens(pekka, path, waits), opens(marja, path, waits)]);
  await server.stop();
  await marja.button("Accept").click();
  await marja.sees(/changes? waiting/);
  await pekka.button("Decline").click();
  await box(pekka, "Why do you decline it?").fill("Not everybody sings.");
  await pekka.button("Decline").click();
  await pekka.sees(/changes? waiting/);
  await comesBack(server, marja, pekka, olli);
  const question = "A suggestion was both accepted and declined";
  for (const person of [marja, pekka]) {
    await person.sees("Needs your choice");
    await asks(person, question);
    // What was accepted before stands there once: the second suggestion does not bring it again.
    const whole = "Keep the kettle on. Invite the town. Sing at the end.";
    await expect(region(person, TIPS).getByText(whole, { exact: true })).toBeVisible();
    await expect(region(person, question)).toContainText("Not everybody sings.");
    await expect(region(person, question).getByRole("heading", { name: "Without the suggestion" })).toBeVisible();
  }
  await axe(pekka);
  await region(pekka, question).getByRole("radio", { name: /^Declined/ }).check();
  await region(pekka, question).getByRole("button", { name: "Leave its words out" }).click();
  for (const person of [marja, pekka]) {
    await person.sees("Synced");
    await asksNothing(person);
    const whole = "Keep the kettle on. Invite the town.";
    await expect(region(person, TIPS).getByText(whole, { exact: true })).toBeVisible();
  }
});

test("P62 adopting is on the device whole or not at all", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Garden table");
  const olli = await meet("olli-lammi");
  await opens(olli, path, (it) => it.button("Adopt"));
  await server.stop();
  // The disk gives up between the copy and the entry on its original.
  await olli.page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    let waiting = 0;
    IDBObjectStore.prototype.put = function (...words) {
      if (this.name === "outbox" && ++waiting === 2) this.transaction.abort();
      return put.apply(this, words);
    };
  });
  await olli.button("Adopt").click();
  await dialog(olli).getByLabel("Name in your project").fill("Half a table");
  await dialog(olli).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(dialog(olli)).toHaveCount(0);
  await olli.visit("/practices");
  await expect(olli.page.getByRole("link", { name: "Garden table" }).first()).toBeVisible();
  await expect(olli.page.getByText("Half a table")).toHaveCount(0);
  await olli.visit(path);
  await olli.button("Adopt").click();
  await dialog(olli).getByLabel("Name in your project").fill("A whole table");
  await dialog(olli).getByRole("button", { name: "Adopt", exact: true }).click();
  await expect(olli.page.getByRole("heading", { level: 1, name: "A whole table" })).toBeVisible();
  await expect(olli.page.locator(".prov")).toContainText("Garden table");
});
