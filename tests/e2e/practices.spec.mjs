/** The library of practices: what is begun lies in it at once; it is narrowed, kept, and left by "back". */
import { settled, speak } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const WRITING = /^\/practices\/[0-9a-z]{26}\/edit$/;

/** Begins practices in a language, each with a name, and comes back to the library. */
async function begin(person, language, count) {
  await speak(person, language);
  for (let made = 0; made < count; made += 1) {
    await person.visit("/practices");
    await settled(person);
    await person.page.locator(".head .btn--primary").click();
    await expect.poll(() => person.path).toMatch(WRITING);
    // One without a word would be gone on with by the next button.
    const name = `${language} ${made + 1}`;
    await person.page.locator("main").getByRole("textbox").first().fill(name);
    await expect(person.page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
  await speak(person, "en");
  await person.visit("/practices");
  await settled(person);
}

const cards = (person) => person.page.getByRole("main").getByRole("listitem").filter({ has: person.page.getByRole("heading", { level: 3 }) });

test("P26 a practice that is begun with no server lies in the library at once", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await server.stop();
  await marja.go("Practices");
  await expect(marja.page).toHaveTitle("Practices – Talkoot");
  await marja.button("New practice").first().click();
  await expect.poll(() => marja.path).toMatch(WRITING);
  await marja.visit("/practices");
  const begun = cards(marja).filter({ hasText: "Only on this device" });
  await expect(begun).toHaveCount(1);
  await expect(begun).toContainText("Draft");
  const record = marja.path;
  await begun.getByRole("link").click();
  await expect.poll(() => marja.path).not.toBe(record);
});

test.describe("an empty workspace", () => {
  test.use({ empty: true });

  test("P20 a choice narrows the library, shows as a chip and is undone by going back", async ({ meet }) => {
    const marja = await meet("marja-koskela");
    await begin(marja, "fi", 1);
    await begin(marja, "sv", 2);
    const count = marja.page.getByRole("heading", { level: 2 });
    await expect(count).toHaveText("3 practices");
    const swedish = marja.page.getByRole("checkbox", { name: /^Swedish/ });
    await expect(swedish).toHaveAccessibleName(/2$/);
    await swedish.check();
    await expect(count).toHaveText("2 practices");
    await expect(cards(marja)).toHaveCount(2);
    await marja.page.getByRole("checkbox", { name: /^Finnish/ }).check();
    await expect(count).toHaveText("3 practices");
    await marja.page.goBack();
    await expect(count).toHaveText("2 practices");
    await marja.button("Remove filter: Swedish").click();
    await expect(count).toHaveText("3 practices");
    await expect(count).toBeFocused();

    await marja.page.getByRole("searchbox").fill("tällaista ei ole");
    await expect(marja.page.getByText("No practice was found for “tällaista ei ole”")).toBeVisible();
    await expect(marja.button("New practice")).toHaveCount(2);
    await marja.button("Clear the filters").click();
    await expect(count).toHaveText("3 practices");
  });

  test("P23 a filter kept under a name is there after the browser was closed", async ({ meet }) => {
    const marja = await meet("marja-koskela");
    await begin(marja, "fi", 1);
    await begin(marja, "sv", 1);
    await marja.page.getByRole("checkbox", { name: /^Finnish/ }).check();
    await marja.button("Save this filter").click();
    await expect(marja.page.getByLabel("Name of the filter")).toBeFocused();
    await marja.page.keyboard.type("Suomeksi");
    await marja.page.keyboard.press("Enter");
    await marja.page.getByRole("radio", { name: "List" }).check();
    await marja.restartsBrowser();
    await marja.visit("/practices");
    await expect(cards(marja)).toHaveCount(2);
    await expect(marja.page.getByRole("radio", { name: "List" })).toBeChecked();
    await marja.link("Suomeksi").click();
    await expect(cards(marja)).toHaveCount(1);
    await marja.button("Remove saved filter: Suomeksi").click();
    await expect(marja.link("Suomeksi")).toHaveCount(0);
  });
});
