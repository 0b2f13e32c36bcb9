/** What concerns a person, on each of their devices, with no server too. */
import { faultsOf } from "./world/faults.mjs";
import { expect, test } from "./world/world.mjs";

const way = (person) => person.page.getByRole("complementary").getByRole("link", { name: /^Inbox/ });
const rows = (person) => person.page.locator("main li");
const unread = (person) => person.page.locator("main .lead");
const toast = (person) => person.page.locator(".toasts");

/** The entry that says this about that. */
const entry = (person, said, about) => rows(person).filter({ hasText: said }).filter({ hasText: about });

/** Opens the inbox from the sidebar, as soon as it is known what is in it. */
async function opens(person) {
  await way(person).click();
  await expect(person.heading("Inbox")).toBeVisible();
  await expect(rows(person).first()).toBeVisible();
}

/** What every entry says, read or not. */
async function said(person) {
  const all = await rows(person).allInnerTexts();
  return all.map((text) => text.replace(/\s*Unread\s*/, " ").trim());
}

test("Q77 IN8 IN9 what is said to a person is in the inbox of each of their devices, and read on one is read on the other", async ({ meet, server }) => {
  test.slow();
  const olli = await meet("olli-lammi");
  await expect(way(olli)).toHaveAccessibleName(/^Inbox \d+ unread$/);
  await opens(olli);
  await expect(unread(olli)).toHaveText(/^\d+ unread$/);
  const days = await olli.page.getByRole("heading", { level: 2 }).allInnerTexts();
  expect(days.length).toBeGreaterThan(1);
  const insured = (person) => entry(person, "Tuulikki Hakala answered your question", "Miten kuljettajat on vakuutettu?");
  await expect(insured(olli)).toContainText("Unread");
  expect(await faultsOf(olli.page)).toEqual([]);

  // With no server too: the entry leads to what was said, and is read then.
  await server.stop();
  await insured(olli).getByRole("link").click();
  await expect(olli.heading("Miten kuljettajat on vakuutettu?")).toBeVisible();
  const left = async () => {
    await opens(olli);
    await expect(insured(olli)).not.toContainText("Unread", { timeout: 1_000 });
  };
  await expect(left).toPass();

  await server.start();
  await olli.noticesNetwork();
  await olli.sees("Synced");
  const laptop = await meet("olli-lammi");
  await opens(laptop);
  await expect(insured(laptop)).not.toContainText("Unread");
  await expect.poll(() => said(laptop)).toEqual(await said(olli));
});

test("Q78 IN9 everything is marked as read at once, which undo takes back until its toast goes", async ({ meet }) => {
  test.slow();
  const olli = await meet("olli-lammi");
  await opens(olli);
  const before = await unread(olli).innerText();
  await olli.button("Mark all as read").click();
  await expect(unread(olli)).toHaveText("Nothing unread");
  await expect(olli.heading("Inbox")).toBeFocused();
  await expect(way(olli)).toHaveAccessibleName("Inbox");
  await toast(olli).getByRole("button", { name: "Undo" }).click();
  await expect(unread(olli)).toHaveText(before);
  await expect(way(olli)).toHaveAccessibleName(`Inbox ${before}`);

  await olli.button("Mark all as read").click();
  await expect(toast(olli)).toContainText("Everything is marked as read");
  await expect(toast(olli).locator(".toast")).toHaveCount(0, { timeout: 30_000 });
  await olli.sees("Synced");
  await olli.visit("/inbox");
  await expect(unread(olli)).toHaveText("Nothing unread");
  const laptop = await meet("olli-lammi");
  await opens(laptop);
  await expect(unread(laptop)).toHaveText("Nothing unread");
});

test.describe("in a workspace where nothing happened", () => {
  test.use({ empty: true });

  test("IN10 an empty inbox says what will be in it", async ({ meet }) => {
    const marja = await meet("marja-koskela");
    await way(marja).click();
    await expect(marja.page.getByText("Nothing has come yet")).toBeVisible();
    await expect(marja.button("Mark all as read")).toHaveCount(0);
  });
});
