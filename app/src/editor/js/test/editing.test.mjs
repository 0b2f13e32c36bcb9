// Writing in a real browser: keys, lists, tables, undo, paste.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openBrowser, paste, press, textOf } from "./browser.mjs";
import { marked, node, stateOf } from "./texts.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.stop());

/** Types keys into an empty text and compares what Yjs then holds. Words in `{}` are keys. */
async function check(keys, expected, options = {}) {
  const page = await browser.page();
  const box = await enter(page, "Aino", options);
  await box.focus();
  await press(page, keys);
  assert.equal(await textOf(page, "Aino"), expected, keys);
  assert.deepEqual(page.complaints, []);
  return { page, box };
}

const p = (inner) => `<paragraph>${inner}</paragraph>`;
const item = (inner) => `<list_item>${inner}</list_item>`;
const task = (inner, checked = false) => `<check_item checked=${checked}>${inner}</check_item>`;

const typed = [
  ["hei", p("hei")],
  ["a{Control+b}b{Control+b}c", p("a<bold>b</bold>c")],
  ["{Control+i}x", p("<italic>x</italic>")],
  ["{Control+u}x", p("<underline>x</underline>")],
  ["{Control+Shift+KeyX}x", p("<strike>x</strike>")],
  ["{Control+e}x", p("<code>x</code>")],
  ["x{Control+Alt+Digit3}", '<heading level=3>x</heading>'],
  ["x{Control+Alt+Digit3}{Control+Alt+Digit0}", p("x")],
  ["a{Control+Shift+Digit8}{Enter}b", `<bullet_list>${item(p("a"))}${item(p("b"))}</bullet_list>`],
  ["a{Control+Shift+Digit7}", `<numbered_list start=1>${item(p("a"))}</numbered_list>`],
  ["a{Control+Shift+Digit9}", `<check_list>${task(p("a"))}</check_list>`],
  ["a{Control+Shift+Digit9}{Control+Enter}{Enter}b", `<check_list>${task(p("a"), true)}${task(p("b"))}</check_list>`],
  ["- a{Enter}b{Tab}", `<bullet_list>${item(p("a") + `<bullet_list>${item(p("b"))}</bullet_list>`)}</bullet_list>`],
  ["- a{Enter}b{Tab}{Shift+Tab}", `<bullet_list>${item(p("a"))}${item(p("b"))}</bullet_list>`],
  ["- a{Enter}{Enter}b", `<bullet_list>${item(p("a"))}</bullet_list>${p("b")}`],
  ["- a{Control+Shift+Digit9}", `<check_list>${task(p("a"))}</check_list>`],
  ["- {Backspace}x", p("- x")],
  ["- a{Home}{Backspace}", p("a")],
  ["## x", '<heading level=2>x</heading>'],
  ["7. x", `<numbered_list start=7>${item(p("x"))}</numbered_list>`],
  ["[ ] x", `<check_list>${task(p("x"))}</check_list>`],
  ["[x] x", `<check_list>${task(p("x"), true)}</check_list>`],
  ["- [ ] x", `<check_list>${task(p("x"))}</check_list>`],
  ["> x", `<quote>${p("x")}</quote>`],
  ["---x", `<rule></rule>${p("x")}`],
  ["a{Shift+Enter}b", p("a<line_break></line_break>b")],
  ["a{Control+z}", ""],
  ["a{Control+z}{Control+y}", p("a")],
  ["a{Control+z}{Control+Shift+KeyZ}", p("a")],
];

// Undo is E7, what formats while typed is E18, the rest E8: proves E7, E8, E18.
for (const [keys, expected] of typed) {
  const rule = /[{]Control\+[zy]/.test(keys) ? "E7" : /^(-|#|\d|\[|>)/.test(keys) ? "E18" : "E8";
  // Taking back everything may leave the empty paragraph that was typed into.
  test(`${rule} typing ${keys}`, () => (expected === "" ? checkEmptied(keys) : check(keys, expected)));
}

async function checkEmptied(keys) {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  await press(page, keys);
  assert.match(await textOf(page, "Aino"), /^(<paragraph><\/paragraph>)?$/);
}

test("E8 a key that follows a moved caret at once is judged where the caret is", async () => {
  const { page, box } = await check("- ab", `<bullet_list>${item(p("ab"))}</bullet_list>`);
  await box.evaluate((element) => {
    // Both in one task: the browser has had no time to report the caret.
    element.ownerDocument.getSelection().collapse(element.querySelector("li p").firstChild, 0);
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Backspace", keyCode: 8, bubbles: true, cancelable: true }));
  });
  assert.equal(await textOf(page, "Aino"), p("ab"));
});

test("E8 a table is inserted, walked with Tab, grown at its end, and taken away", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  await page.locator("[data-tool=table]").click();
  await press(page, "a{Tab}b{Shift+Tab}{Tab}{Tab}{Tab}c");
  const cells = await box.locator("tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.tagName + cell.innerText.trim())));
  assert.deepEqual(cells, [["THa", "THb", "TH"], ["TDc", "TD", "TD"], ["TD", "TD", "TD"]]);
  await press(page, "{Tab}{Tab}{Tab}{Tab}{Tab}{Tab}d");
  assert.equal(await box.locator("tr").count(), 4);
  assert.equal(await box.locator("tr").last().locator("td").first().innerText(), "d");
  const use = (tool) => page.locator(`[data-tool=${tool}]`).click();
  await use("column_add");
  await use("row_remove");
  await use("header_row");
  assert.equal(await box.locator("th").count(), 0);
  assert.deepEqual(await box.locator("tr").evaluateAll((rows) => rows.map((row) => row.cells.length)), [4, 4, 4]);
  assert.equal(await page.locator("[data-tool=table]").getAttribute("aria-disabled"), "true");
  await use("table_remove");
  assert.equal(await box.locator("table").count(), 0);
  assert.equal(await page.locator("[data-tool=row_add]").isVisible(), false);
  assert.deepEqual(page.complaints, []);
});

test("E10 a link is made, changed and removed by keyboard, and a bad address is refused", async () => {
  const { page } = await check("sivu{Shift+Home}", p("sivu"));
  await press(page, "{Control+k}javascript:alert(1){Enter}");
  assert.equal(await page.getByRole("alert").isVisible(), true);
  await press(page, "{Control+a}kyla.fi{Enter}");
  assert.equal(await textOf(page, "Aino"), p("<link https://kyla.fi>sivu</link>"));
  await press(page, "{ArrowLeft}{ArrowRight}{Control+k}{Control+a}mailto:a@b.fi{Enter}");
  assert.equal(await textOf(page, "Aino"), p("<link mailto:a@b.fi>sivu</link>"));
  await press(page, "{Control+k}");
  await page.getByRole("button", { name: "Remove link" }).click();
  assert.equal(await textOf(page, "Aino"), p("sivu"));
  await press(page, "{End} {Control+k}a.fi{Enter}x");
  assert.equal(await textOf(page, "Aino"), p("sivu <link https://a.fi>https://a.fi</link>x"));
  await press(page, "{Control+k}{Escape}y");
  assert.equal(await textOf(page, "Aino"), p("sivu <link https://a.fi>https://a.fi</link>xy"));
});

test("E14 a check item is a real checkbox named by its text, and a click ticks it", async () => {
  const { page, box } = await check("[ ] Varaa sali", `<check_list>${task(p("Varaa sali"))}</check_list>`);
  await box.getByRole("checkbox", { name: "Varaa sali" }).click();
  assert.equal(await textOf(page, "Aino"), `<check_list>${task(p("Varaa sali"), true)}</check_list>`);
  assert.equal(await box.getByRole("checkbox").isChecked(), true);
  await page.evaluate(() => window.viewOf("Aino").setEditable(false));
  assert.equal(await box.getByRole("checkbox").isDisabled(), true);
});

test("E12 pasted attributes come within bounds, whatever the clipboard claims", async () => {
  const { page, box } = await check("", "");
  await paste(box, { "text/html": '<h6>six</h6><ol start="4"><li>a</li></ol><p>b</p>' });
  assert.match(await textOf(page, "Aino"), /^<heading level=4>six<\/heading><numbered_list start=4>/);
  await page.keyboard.press("Control+a");
  const claims = [
    '1 1 ["heading",{"level":99}]',
    '3 3 ["numbered_list",{"start":"many"},"list_item",null]',
    '3 3 ["check_list",null,"check_item",{"checked":"maybe"}]',
    "1 1 nonsense",
  ];
  for (const claim of claims) await paste(box, { "text/html": `<p data-pm-slice='${claim}'>x</p>` });
  const text = await textOf(page, "Aino");
  assert.doesNotMatch(text, /99|many|maybe/);
  assert.match(text, /x.*x.*x.*x/);
  assert.deepEqual(page.complaints, []);
});

test("E13 pasted plain text stays as it is, Markdown or not", async () => {
  const { page, box } = await check("", "");
  await paste(box, { "text/plain": "# not a heading\n- not a list\n**x** <b>y</b>" });
  assert.equal(await textOf(page, "Aino"), p("# not a heading") + p("- not a list") + p("**x** <b>y</b>"));
});

test("E1 what was seeded is edited in place, and copied text comes back the same", async () => {
  const state = stateOf(node("heading", { level: 2 }, "Otsikko"), node("paragraph", {}, marked("sana", { bold: {} })));
  const page = await browser.page();
  const box = await enter(page, "Aino", { state });
  await box.focus();
  await press(page, "{Control+End}!{Control+a}{Control+c}{ArrowRight}{Enter}{Control+v}");
  const once = '<heading level=2>Otsikko</heading><paragraph><bold>sana!</bold></paragraph>';
  assert.equal(await textOf(page, "Aino"), once + once);
});
