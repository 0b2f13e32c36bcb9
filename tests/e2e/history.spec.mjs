/** Versions of a document and a practice: looked at, restored, and a receiving taken back. */
import { expect, test } from "./world/world.mjs";
import { Keyboard } from "./world/keyboard.mjs";
import { adopt, choose, describe, region, write } from "./world/practice.mjs";

const FIRST = "Kahvia on kello kuusi.";
const versions = (person) => person.page.getByRole("complementary", { name: "Versions" }).getByRole("listitem");
const version = (person, words) => versions(person).filter({ hasText: words }).getByRole("button");
const shown = (person) => person.page.locator("section.then");

async function openHistory(person, path) {
  await person.visit(`${path}/history`);
  await expect(person.heading("Version history")).toBeVisible();
  await expect(versions(person).first()).toBeVisible();
}

test("Q44 a restored version is everybody's, and what it replaced is still in the history", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const marjas = await marja.begin("Kyläilta", FIRST);
  await marjas.isSent();
  const path = marjas.path;
  const pekkas = await pekka.write(path);
  await pekkas.has(FIRST);
  await pekkas.addParagraph("Teetä on myös.");
  await pekkas.isSent();
  await marjas.hasOnce("Teetä on myös.");

  await marja.read(path);
  await marja.page.getByLabel("More actions").click();
  await marja.link("Version history").click();
  await expect(versions(marja)).toHaveCount(2);
  await expect(versions(marja).first()).toContainText("Pekka Niskanen");
  await expect(versions(marja).last()).toContainText("You · This device");
  await expect(version(marja, "Pekka Niskanen")).toHaveAttribute("aria-current", "true");
  await version(marja, "Begun").click();
  await expect(shown(marja)).toContainText("Differs from now in 1 place.");
  await expect(shown(marja).locator("del")).toHaveText(/Teetä on myös\./);

  // Pekka writes on without a network while Marja restores.
  await server.stop();
  await pekkas.addParagraph("Pulla tuodaan itse.");
  await pekkas.says("Saved on this device");
  await pekka.sees(/changes? waiting/);
  await marja.button("Restore this version").click();
  await expect(marja.page.getByText(/^Restored the version of/).first()).toBeVisible();
  await expect(shown(marja)).toContainText("This is how it is now.");
  await expect(shown(marja)).not.toContainText("Teetä");
  await expect(versions(marja)).toHaveCount(3);
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);

  for (const person of [marja, pekka]) {
    await person.read(path);
    await expect(person.text.filter({ hasText: FIRST })).toHaveCount(1);
    await expect(person.text.filter({ hasText: "Pulla tuodaan itse." })).toHaveCount(1);
    await expect(person.text.filter({ hasText: "Teetä on myös." })).toHaveCount(0);
  }
  await openHistory(pekka, path);
  await versions(pekka).filter({ hasText: "You" }).last().getByRole("button").click();
  await expect(shown(pekka).locator("ins", { hasText: "Teetä on myös." })).toHaveCount(1);
  expect(await versions(pekka).count()).toBeGreaterThan(2);
});

/** Publishes what was written since: only that is proposed to a copy. */
async function publishChanges(person) {
  await person.button("Publish changes").click();
  await person.page.getByRole("dialog").getByRole("button", { name: "Publish changes", exact: true }).click();
  await expect(person.button("Publish changes")).toHaveCount(0);
  await person.sees("Synced");
}

test("Q44 P73 improvements that were received are taken back, and are proposed when they change again", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Village walk");
  const olli = await meet("olli-lammi");
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();
  const copy = await adopt(olli, path, "Evening walk");
  await marja.visit(`${path}/edit`);
  await write(marja, "Tips for those who apply it", " Invite the town.");
  await publishChanges(marja);
  await expect(async () => {
    await olli.visit(copy);
    await expect(olli.button("Review improvements")).toBeVisible();
  }).toPass();
  await olli.button("Review improvements").click();
  await choose(olli, "Tips for those who apply it", "Take original");
  await olli.button("Merge").click();
  const tips = region(olli, "Tips for those who apply it");
  await expect(tips).toContainText("Invite the town.");
  await olli.button("Undo").click();
  await expect(olli.page.getByText("The merged version is in the version history.")).toBeVisible();
  await expect(tips).not.toContainText("Invite the town.");
  await expect(tips).toContainText("Keep the kettle on.");
  await expect(olli.button("Review improvements")).toHaveCount(0);
  await openHistory(olli, copy);
  const steps = versions(olli).locator("b");
  await expect(steps).toHaveText([/Restored the version of/, /Improvements from the original/, /Adopted from Village walk/]);
  await olli.sees("Synced");

  await write(marja, "Tips for those who apply it", " And the mayor.");
  await publishChanges(marja);
  await expect(async () => {
    await olli.visit(copy);
    await expect(olli.button("Review improvements")).toBeVisible();
  }).toPass();
});

test("P55, P56 with no server and no mouse a version is chosen, compared, restored, taken back and named", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Kyläilta", FIRST);
  await writing.isSent();
  const path = writing.path;
  await openHistory(marja, path);
  await expect(versions(marja)).toHaveCount(1);
  await expect(marja.page.getByText("There is only one version so far.")).toBeVisible();
  await expect(marja.button("Restore this version")).toHaveCount(0);

  await server.stop();
  await marja.read(path);
  const keyboard = new Keyboard(marja);
  await keyboard.press(marja.button("Publish"));
  await keyboard.press(marja.link("Edit"));
  await keyboard.writeAtEnd(writing.box, " Ja teetä.");
  await writing.says("Saved on this device");
  await marja.page.keyboard.press("Escape");
  await keyboard.press(marja.link("Version history"));
  await expect(versions(marja).locator("b")).toHaveText([/Edited/, /Published/, /Begun/]);
  await keyboard.press(version(marja, "Begun"));
  await expect(version(marja, "Begun")).toHaveAttribute("aria-current", "true");
  await expect(shown(marja).locator("del")).toHaveText(/only now:\s+Ja teetä\./);
  await keyboard.tabTo(marja.page.getByRole("checkbox", { name: "Show what differs from now" }));
  await marja.page.keyboard.press("Space");
  await expect(shown(marja).locator("del")).toHaveCount(0);
  await keyboard.press(marja.button("Restore this version"));
  await expect(shown(marja).getByRole("heading", { level: 2 })).toBeFocused();
  await expect(shown(marja)).not.toContainText("Ja teetä.");
  await expect(versions(marja)).toHaveCount(4);
  await keyboard.press(marja.button("Undo").last());
  await expect(shown(marja)).toContainText("Ja teetä.");
  await expect(versions(marja)).toHaveCount(5);
  await keyboard.press(marja.button("Name this version"));
  await expect(marja.page.getByLabel("Name of the version")).toBeFocused();
  await marja.page.keyboard.type("Sent to the group");
  await marja.page.keyboard.press("Enter");
  await expect(versions(marja).locator("b").first()).toHaveText(/Sent to the group/);
  await expect(versions(marja)).toHaveCount(5);
  await marja.read(path);
  await expect(marja.text).toHaveText([`${FIRST} Ja teetä.`]);
  await expect(marja.button("Unpublish")).toBeVisible();
});

test("P57 who may only read finds no versions", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Kyläilta", FIRST);
  await marja.button("Publish").click();
  await writing.isSent();
  const reader = await meet("anneli-korpi");
  await expect(async () => {
    await reader.visit(writing.path);
    await expect(reader.text).toHaveText([FIRST]);
  }).toPass();
  await reader.page.getByLabel("More actions").click();
  await expect(reader.page.getByRole("button", { name: /Markdown/ })).toBeVisible();
  await expect(reader.link("Version history")).toHaveCount(0);
  await reader.visit(`${writing.path}/history`);
  await expect(reader.page.getByText("The version history is for those who may edit this.")).toBeVisible();
  await expect(shown(reader)).toHaveCount(0);
});
