// Passages in the margin, in a real browser: they stay where they are while people write.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openBrowser, press } from "./browser.mjs";
import { node, stateOf } from "./texts.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.stop());

const STATE = stateOf(
  node("paragraph", {}, "Kahvila aukeaa kymmeneltä."),
  node("paragraph", {}, "Tervetuloa!"),
);

const deliver = (page, from, to) => page.evaluate(([a, b]) => window.deliver(a, b), [from, to]);
const chosenBy = (page, name) => page.evaluate((who) => window.chosenBy(who), name);
/** The words that are marked; a caret or a tint may cut them into pieces. */
const marked = async (page, name) => (await page.locator(`[data-person="${name}"] .passage`).allInnerTexts()).join("").trim();
const show = (page, name, place, look = "comment") =>
  page.evaluate(([who, passage]) => window.showPassages(who, [passage]), [name, { id: "one", place, look, on: false }]);

/** Opens the text for two people; the first selects a word, which is shown to both. */
async function withPassage(page) {
  const aino = await enter(page, "Aino", { state: STATE });
  const eero = await enter(page, "Eero", { state: STATE });
  await aino.focus();
  await press(page, "{Control+Home}{Control+ArrowRight}{Shift+Control+ArrowRight}");
  const chosen = await chosenBy(page, "Aino");
  await show(page, "Aino", chosen.place);
  await show(page, "Eero", chosen.place);
  return { aino, eero, chosen };
}

test("MA7 what is selected is told with its name, its words and its lines, and that nothing is", async () => {
  const page = await browser.page();
  const { aino, chosen } = await withPassage(page);
  assert.equal(chosen.words.trim(), "aukeaa");
  assert.equal(chosen.lines, 1);
  assert.match(chosen.place, /^\d+\.\d+ \d+\.\d+$/);
  await press(page, "{Control+a}");
  const all = await chosenBy(page, "Aino");
  assert.deepEqual([all.words, all.lines], ["Kahvila aukeaa kymmeneltä.\nTervetuloa!", 2]);
  await press(page, "{Control+Home}");
  assert.equal(await chosenBy(page, "Aino"), null);
  await aino.locator(".passage").click();
  assert.equal(await page.evaluate(() => window.pressedBy("Aino")), "one");
  assert.deepEqual(page.complaints, []);
});

test("MA7 a passage stays marked on its words while both write around and within it", async () => {
  const page = await browser.page();
  const { aino, eero } = await withPassage(page);
  await eero.focus();
  await press(page, "{Control+Home}Uusi ");
  assert.equal(await marked(page, "Eero"), "aukeaa");
  await aino.focus();
  await press(page, "{Control+End} Kahvi odottaa.");
  await deliver(page, "Eero", "Aino");
  await deliver(page, "Aino", "Eero");
  for (const who of ["Aino", "Eero"]) {
    assert.equal(await marked(page, who), "aukeaa", who);
  }
  await press(page, "{Control+Home}{Control+ArrowRight}{Control+ArrowRight}{ArrowRight}{ArrowRight}XX");
  await deliver(page, "Aino", "Eero");
  for (const who of ["Aino", "Eero"]) {
    assert.equal(await marked(page, who), "aXXukeaa", who);
  }
  assert.deepEqual(page.complaints, []);
});

test("MA7 a passage whose words are gone is not marked", async () => {
  const page = await browser.page();
  const { aino } = await withPassage(page);
  await aino.focus();
  await press(page, "{Control+a}{Delete}");
  assert.equal(await marked(page, "Aino"), "");
  await deliver(page, "Aino", "Eero");
  assert.equal(await marked(page, "Eero"), "");
  assert.deepEqual(page.complaints, []);
});
