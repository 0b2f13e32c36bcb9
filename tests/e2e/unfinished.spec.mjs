/** Words that somebody was about to say: a field not left, a form not saved. None of them is lost. */
import { box } from "./world/practice.mjs";
import { expect, test } from "./world/world.mjs";

const SHORT = "Short description";
const saveline = (person) => person.page.locator(".saveline");

/** Begins a practice in the person's own project. */
async function begin(person, name) {
  await person.go("Projects");
  await person.page.getByRole("complementary").locator('a[href^="/projects/"]').first().click();
  await person.button("New practice").click();
  await expect(box(person, "Tips for those who apply it")).toHaveAttribute("contenteditable", "true");
  await box(person, "Name").fill(name);
  await expect(saveline(person)).toHaveText("Saved and sent");
  return person.path;
}

/** Notes every word that the line of saving says from now on. */
async function noteSaveline(person) {
  await saveline(person).evaluate((line) => {
    window.saidOfSaving = [];
    const hear = new MutationObserver(() => window.saidOfSaving.push(line.textContent));
    hear.observe(line, { childList: true, characterData: true, subtree: true });
  });
  return () => person.page.evaluate(() => window.saidOfSaving);
}

test("P77 a field that is never left is sent after a pause, and nothing says so before", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const path = await begin(marja, "Kahvia ja lomakkeita");
  const said = await noteSaveline(marja);
  await box(marja, SHORT).pressSequentially("A neighbour helps with forms");
  await expect.poll(async () => (await said()).at(-1)).toBe("Saved and sent");
  expect((await said())[0]).toBe("Writing…");
  await expect(box(marja, SHORT)).toBeFocused();

  const pekka = await meet("pekka-niskanen");
  await pekka.visit(path.replace(/\/edit$/, ""));
  await expect(pekka.page.getByText("A neighbour helps with forms").first()).toBeVisible();
});

test("L25, Q52 a tab that is closed in mid-sentence leaves the sentence, wherever one goes next", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const path = await begin(marja, "Kesken jäänyt kenttä");
  const other = await marja.openTab("/");
  await other.sees("Synced");
  await box(marja, SHORT).pressSequentially("A neighbour helps with");
  await marja.profile.page.close();

  await other.visit("/settings");
  await other.sees("Synced");
  await expect.poll(() => other.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("talkoot.letters.")))).toEqual([]);
  await other.visit(path);
  await expect(box(other, SHORT)).toHaveValue("A neighbour helps with");
});

test("Q52 a browser that is killed in mid-sentence has what the line called saved", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const path = await begin(marja, "Sähkökatko kentässä");
  // Who is signed in, a browser writes down only some seconds later, or when it is closed.
  await marja.restartsBrowser();
  await expect(box(marja, "Tips for those who apply it")).toHaveAttribute("contenteditable", "true");
  await server.stop();
  await box(marja, SHORT).pressSequentially("Power was out");
  await expect(saveline(marja)).toHaveText("Saved on this device");
  await expect(box(marja, SHORT)).toBeFocused();
  await marja.profile.crash();
  await marja.visit(path);
  await expect(box(marja, SHORT)).toHaveValue("Power was out");
});

/** Presses and lets go where something stands now, wherever it stands by then. */
async function pressWhereItIs(person, button) {
  const { x, y, width, height } = await button.boundingBox();
  await person.page.mouse.move(x + width / 2, y + height / 2);
  await person.page.mouse.down();
  await person.page.mouse.up();
}

test("P78 the press that ends the typing of a date counts, whatever is said of the date", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await begin(marja, "Päivät ristissä");
  await marja.button("Add: Evidence").click();
  await box(marja, "Result").fill("Nine of ten came back");
  await box(marja, "From").fill("2020");
  const save = marja.button("Save");
  const before = await save.boundingBox();
  // No date yet, and told so once it is left: nothing moves for it.
  await box(marja, "Until").fill("31.2.");
  await box(marja, "Result").focus();
  await expect(box(marja, "Until")).toHaveAttribute("aria-invalid", "true");
  expect(await save.boundingBox()).toEqual(before);
  await box(marja, "Until").fill("2019");
  await expect(marja.page.getByText("It ends before it begins").first()).toBeVisible();
  expect(await save.boundingBox()).toEqual(before);
  await pressWhereItIs(marja, save);
  await expect(save).toHaveCount(0);
  await expect(marja.page.getByRole("region", { name: "Evidence and lessons" })).toContainText("Nine of ten came back");
});
