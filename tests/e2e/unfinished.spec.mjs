/** Words that somebody was about to say: a field not left, a form not saved. None of them is lost. */
import { adopt, box, describe, write } from "./world/practice.mjs";
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
  await save.scrollIntoViewIfNeeded();
  await pressWhereItIs(marja, save);
  await expect(save).toHaveCount(0);
  await expect(marja.page.getByRole("region", { name: "Evidence and lessons" })).toContainText("Nine of ten came back");
});

const NOTE = "You had begun this.";

test("P79 L26 an entry that was begun is there on return and after a reload, until it is saved", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const path = await begin(marja, "Puolikas näyttö");
  await marja.button("Add: Evidence").click();
  await box(marja, "Result").fill("Nine of ten");
  await box(marja, "Method").fill("Visitor book");
  await expect(marja.page.getByText(NOTE)).toHaveCount(0);
  await marja.go("Documents");
  await marja.visit(path);
  await expect(marja.page.getByText(NOTE)).toBeVisible();
  await expect(box(marja, "Result")).toHaveValue("Nine of ten");
  await box(marja, "Result").fill("Nine of ten came back");
  await marja.page.reload();
  await expect(box(marja, "Result")).toHaveValue("Nine of ten came back");
  await expect(box(marja, "Method")).toHaveValue("Visitor book");
  await marja.button("Save").click();
  await expect(marja.page.getByRole("region", { name: "Evidence and lessons" })).toContainText("Nine of ten came back");
  await expect(marja.page.getByText(NOTE)).toHaveCount(0);
  await marja.page.reload();
  await expect(marja.button("Add: Evidence")).toBeVisible();
  await expect(marja.page.getByText(NOTE)).toHaveCount(0);
});

test("P79 a form that was begun is discarded by its person alone, and undo brings it back", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await begin(marja, "Hylätty näyttö");
  await marja.button("Add: Evidence").click();
  await box(marja, "Result").fill("Half a thought");
  await marja.page.reload();
  await expect(box(marja, "Result")).toHaveValue("Half a thought");
  await marja.button("Discard").click();
  await expect(box(marja, "Result")).toHaveCount(0);
  await marja.button("Undo").click();
  await marja.button("Add: Evidence").click();
  await expect(box(marja, "Result")).toHaveValue("Half a thought");
  await marja.button("Discard").click();
  await marja.button("Add: Evidence").click();
  await expect(box(marja, "Result")).toHaveValue("");
});

test("P79 what changed and why is not asked twice of somebody who was called away", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await describe(marja, "Kesken jäänyt perustelu");
  await write(marja, "Tips for those who apply it", " Bring cups.");
  const ask = marja.page.getByRole("dialog").getByLabel("What changed and why?");
  await marja.button("Publish changes").click();
  await ask.fill("The cups were");
  await marja.page.reload();
  await marja.button("Publish changes").click();
  await expect(ask).toHaveValue("The cups were");
  await expect(marja.page.getByRole("dialog").getByText(NOTE)).toBeVisible();
  await ask.fill("The cups were missing.");
  await marja.page.getByRole("dialog").getByRole("button", { name: "Publish changes", exact: true }).click();
  await expect(marja.button("Publish changes")).toHaveCount(0);
  await expect.poll(() => marja.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("talkoot.unfinished.")))).toEqual([]);
});

test("P79 an own value for a choice is there on return", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const writing = await marja.begin("Kyläilta", "Ohjelma on avoin.");
  await writing.isSent();
  const pekkas = await pekka.write(writing.path);
  await pekkas.has("Ohjelma on avoin.");
  await server.stop();
  await writing.rename("Kyläilta marraskuussa");
  await pekkas.rename("Kyläilta joulukuussa");
  await Promise.all([marja.sees(/changes? waiting/), pekka.sees(/changes? waiting/)]);
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await marja.sees("Needs your choice");
  await marja.read(writing.path);
  await marja.page.getByRole("radio", { name: "Other value" }).check();
  const other = marja.page.getByRole("textbox", { name: "Other value" });
  await other.fill("Kyläilta talvella");
  await marja.page.reload();
  await expect(other).toHaveValue("Kyläilta talvella");
  await expect(marja.page.getByText(NOTE)).toBeVisible();
  await marja.page.getByRole("button", { name: "Kyläilta talvella" }).click();
  await expect(marja.page.getByRole("heading", { level: 1, name: "Kyläilta talvella" })).toBeVisible();
  await expect.poll(() => marja.page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("talkoot.unfinished.")))).toEqual([]);
});

test("P79 an answer to a suggestion that was begun is there on return", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Vastaus kesken");
  const olli = await meet("olli-lammi");
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();
  const copy = await adopt(olli, path, "Kumppanuuspöytä");
  await olli.visit(`${copy}/edit`);
  await write(olli, "Tips for those who apply it", " We meet in the evening.");
  await olli.visit(copy);
  await olli.button("Suggest to the original").click();
  const dialog = olli.page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Tips for those who apply it" }).check();
  await dialog.getByLabel("Reason").fill("More people can come.");
  await dialog.getByRole("button", { name: "Send the suggestion" }).click();
  await olli.sees("Synced");

  await marja.visit(path);
  await marja.button("Decline").click();
  await marja.page.getByLabel(/^Why/).fill("Evenings are");
  await marja.page.reload();
  await expect(marja.page.getByLabel(/^Why/)).toHaveValue("Evenings are");
  await marja.button("Discard").click();
  await marja.page.getByRole("article").filter({ hasText: "More people can come." }).getByRole("button", { name: "Edit" }).click();
  const text = box(marja, "Your new text");
  await expect(text).toHaveAttribute("contenteditable", "true");
  await text.click();
  await marja.page.keyboard.press("ControlOrMeta+End");
  await marja.page.keyboard.type(" At six.");
  await marja.page.reload();
  await expect(text).toContainText("We meet in the evening. At six.");
  await expect(marja.page.getByText(NOTE)).toBeVisible();
  await marja.button("Accept").click();
  await expect(marja.page.getByRole("region", { name: "Tips for those who apply it" })).toContainText("We meet in the evening. At six.");
});

test("P80 what is left without a word goes, and what a closed page left so is gone on with", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await marja.go("Documents");
  await marja.button("New document").first().click();
  await expect(marja.page.getByRole("textbox", { name: "Title" })).toBeFocused();
  await marja.page.goBack();
  await expect(marja.page.getByText("The empty draft was removed.")).toBeVisible();
  await expect(marja.page.getByText("Untitled")).toHaveCount(0);
  await marja.sees("Synced");
  await marja.visit("/bin");
  await expect(marja.page.getByText("The bin is empty")).toBeVisible();

  await marja.go("Documents");
  await marja.button("New document").first().click();
  await expect(marja.page.getByRole("textbox", { name: "Title" })).toBeFocused();
  const path = marja.path;
  await marja.visit("/documents");
  await marja.button("New document").first().click();
  await expect(marja.page.getByRole("textbox", { name: "Title" })).toBeFocused();
  expect(marja.path).toBe(path);
  await marja.page.goBack();
  await marja.button("Undo").click();
  await expect(marja.page.getByText("Untitled").first()).toBeVisible();
});

test("P81 a practice without a name is not published, and is told why", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  await begin(marja, "");
  await write(marja, "Tips for those who apply it", "Keep the kettle on.");
  await marja.button("Publish").click();
  await expect(marja.page.getByText("Give it a name first")).toBeVisible();
  await expect(marja.button("Unpublish")).toHaveCount(0);
  await box(marja, "Name").pressSequentially("Kahvia");
  await marja.button("Publish").click();
  await expect(marja.button("Unpublish")).toBeVisible();
});
