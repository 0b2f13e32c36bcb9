// Two people and one text, in a real browser: nothing doubled, lost or echoed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as Y from "yjs";
import { enter, openBrowser, press, textOf } from "./browser.mjs";
import { SEEDED, docOf, marked, node, stateOf } from "./texts.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.stop());

const deliver = (page, from, to) => page.evaluate(([a, b]) => window.deliver(a, b), [from, to]);
const sentBy = (page, name) => page.evaluate((who) => window.sentBy(who), name);

async function exchange(page, a, b) {
  await deliver(page, a, b);
  await deliver(page, b, a);
}

const everything = () => [
  node("heading", { level: 1 }, "Otsikko"),
  node("heading", {}, "no level"),
  node("paragraph", {}, "a ", marked("b", { bold: {} }), node("line_break")),
  node("numbered_list", {}, node("list_item", {}, node("paragraph", {}, "x"))),
  node("check_list", {}, node("check_item", {}, node("paragraph", {}, "y"))),
  node("table", {}, node("table_row", {}, node("table_cell", {}, node("paragraph", {}, "z")))),
  node("rule"),
  node("quote", {}, node("paragraph", {}, "q")),
];

const openings = [
  ["an empty text", []],
  ["a text that leaves out defaults", stateOf(...everything())],
  ["a text that create has seeded", SEEDED],
];

for (const [what, state] of openings) {
  test(`E1 opening ${what}, focusing it and walking through it writes nothing`, async () => {
    const page = await browser.page();
    const box = await enter(page, "Aino", { state });
    await box.focus();
    await press(page, "{Control+Home}{ArrowDown}{ArrowRight}{Shift+ArrowDown}{Control+a}{Control+End}");
    await page.evaluate(() => window.viewOf("Aino").setEditable(false));
    assert.equal(await sentBy(page, "Aino"), 0);
    assert.deepEqual(await page.evaluate(() => window.stateOf("Aino")), state.length === 0 ? [0, 0] : state);
    assert.deepEqual(page.complaints, []);
  });
}

test("E2 two people who open an empty text and both write keep every word once", async () => {
  const page = await browser.page();
  const aino = await enter(page, "Aino");
  const eero = await enter(page, "Eero");
  await exchange(page, "Aino", "Eero");
  await aino.focus();
  await press(page, "ainon");
  await eero.focus();
  await press(page, "eeron");
  await exchange(page, "Aino", "Eero");
  const text = await textOf(page, "Aino");
  assert.equal(text, await textOf(page, "Eero"));
  assert.deepEqual(text.match(/ainon|eeron/g).sort(), ["ainon", "eeron"]);
  assert.equal(text.replaceAll(/<\/?paragraph>/g, "").length, "aijoneeron".length);
  assert.deepEqual(page.complaints, []);
});

test("E20 who begins by deleting everything deletes it for everybody", async () => {
  const page = await browser.page();
  const aino = await enter(page, "Aino", { state: SEEDED });
  await enter(page, "Eero", { state: SEEDED });
  await aino.focus();
  await press(page, "{Control+a}{Delete}");
  await deliver(page, "Aino", "Eero");
  assert.equal(await textOf(page, "Eero"), await textOf(page, "Aino"));
  assert.doesNotMatch(await textOf(page, "Aino"), /Otsikko/);
  assert.deepEqual(page.complaints, []);
});

test("E5 remote edits are shown and never reported as local", async () => {
  const page = await browser.page();
  const aino = await enter(page, "Aino");
  const eero = await enter(page, "Eero");
  await aino.focus();
  await press(page, "# Hei");
  await deliver(page, "Aino", "Eero");
  assert.equal(await eero.locator("h1").innerText(), "Hei");
  assert.equal(await eero.locator(".arrived").count() > 0, true);
  assert.equal(await sentBy(page, "Eero"), 0);
});

test("E6 concurrent edits of many kinds converge, on screen and in bytes", async () => {
  const page = await browser.page();
  const state = stateOf(node("paragraph", {}, "yksi kaksi"), node("bullet_list", {}, node("list_item", {}, node("paragraph", {}, "kolme"))));
  const aino = await enter(page, "Aino", { state });
  const eero = await enter(page, "Eero", { state });
  const turns = [
    [aino, "{Control+Home}A{Control+b}B"], [eero, "{Control+Home}{End}E{Enter}F"],
    [aino, "{Control+End}{Enter}G{Tab}"], [eero, "{Control+End}{Control+Shift+Digit9}H"],
    [aino, "{Control+a}{Control+i}"], [eero, "{Control+Home}{Delete}{Control+Alt+Digit2}"],
  ];
  for (const [index, [box, keys]] of turns.entries()) {
    await box.focus();
    await press(page, keys);
    if (index % 2 === 1) await exchange(page, "Aino", "Eero");
  }
  await exchange(page, "Aino", "Eero");
  assert.equal(await textOf(page, "Aino"), await textOf(page, "Eero"));
  const shown = (box) => box.evaluate((element) => element.innerText);
  assert.equal(await shown(aino), await shown(eero));
  assert.deepEqual(page.complaints, []);
});

test("E7 undo takes back one's own words and leaves the other's", async () => {
  const page = await browser.page();
  const state = stateOf(node("paragraph", {}, "alku"));
  const aino = await enter(page, "Aino", { state });
  const eero = await enter(page, "Eero", { state });
  await aino.focus();
  await press(page, "{Control+End}");
  await press(page, " ainon");
  await exchange(page, "Aino", "Eero");
  await eero.focus();
  await press(page, "{Control+Home}");
  await press(page, "eeron ");
  await exchange(page, "Aino", "Eero");
  await aino.focus();
  await press(page, "{Control+z}");
  await exchange(page, "Aino", "Eero");
  assert.equal(await textOf(page, "Eero"), "<paragraph>eeron alku</paragraph>");
});

test("E4 newer content that arrives stops the editing before anything is deleted", async () => {
  const page = await browser.page();
  const doc = docOf(node("paragraph", {}, "vanha"));
  const aino = await enter(page, "Aino", { state: [...Y.encodeStateAsUpdate(doc)] });
  const known = Y.encodeStateVector(doc);
  doc.getXmlFragment("body").insert(1, [node("video", {}, "uusi")]);
  await page.evaluate((update) => window.give("Aino", update), [...Y.encodeStateAsUpdate(doc, known)]);
  assert.equal(await page.evaluate(() => window.toldNewer("Aino")), 1);
  assert.equal(await aino.getAttribute("contenteditable"), "false");
  assert.equal(await aino.innerText(), "vanha");
  assert.equal(await textOf(page, "Aino"), "<paragraph>vanha</paragraph><video>uusi</video>");
  assert.equal(await sentBy(page, "Aino"), 0);
  await page.evaluate(() => window.sessionOf("Aino").close());
});

test("E15 a table that arrives with a short row is left so, until somebody edits its shape", async () => {
  const page = await browser.page();
  const cell = (words) => node("table_cell", { colspan: 1, rowspan: 1 }, node("paragraph", {}, words));
  const doc = docOf(node("paragraph", {}, "x"));
  const aino = await enter(page, "Aino", { state: [...Y.encodeStateAsUpdate(doc)] });
  const known = Y.encodeStateVector(doc);
  const short = node("table", {}, node("table_row", {}, cell("a"), cell("b")), node("table_row", {}, cell("c")));
  doc.getXmlFragment("body").insert(1, [short]);
  await page.evaluate((update) => window.give("Aino", update), [...Y.encodeStateAsUpdate(doc, known)]);
  const shape = () => aino.locator("tr").evaluateAll((rows) => rows.map((row) => row.cells.length));
  assert.deepEqual(await shape(), [2, 1]);
  await aino.locator("td").last().click();
  await press(page, "!");
  assert.deepEqual(await shape(), [2, 1]);
  await page.locator("[data-tool=row_add]").click();
  assert.deepEqual(await shape(), [2, 2, 2]);
  assert.deepEqual(page.complaints, []);
});

test("E16 others' carets show with their names, by class and without inline style", async () => {
  const page = await browser.page();
  const state = stateOf(node("paragraph", {}, "sana toinen"));
  await enter(page, "Aino", { state });
  const eero = await enter(page, "Eero", { state });
  await eero.focus();
  await press(page, "{Control+Home}{Shift+End}");
  await page.evaluate(() => window.deliverPresence("Eero", "Aino"));
  const caret = page.locator("[data-person=Aino] .caret");
  assert.equal(await caret.innerText(), "Eero");
  assert.match(await caret.getAttribute("class"), /caret--2/);
  assert.equal(await page.locator("[data-person=Aino] .selx--2").innerText(), "sana toinen");
  assert.equal(await page.locator("[data-person=Aino] [style]").count(), 0);
  assert.deepEqual(page.complaints, []);
});
