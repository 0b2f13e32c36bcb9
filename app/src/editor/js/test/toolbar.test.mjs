// The toolbar and the way in and out of the text, by keyboard and for axe.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { enter, openBrowser, press, textOf } from "./browser.mjs";
import { node, stateOf } from "./texts.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.stop());

const focused = (page) => page.evaluate(() => document.activeElement.dataset.tool ?? document.activeElement.tagName);

test("E9 the toolbar is one tab stop with arrows, Home and End inside", async () => {
  const page = await browser.page();
  await enter(page, "Aino");
  await page.locator("#before").focus();
  await press(page, "{Tab}");
  assert.equal(await focused(page), "SELECT");
  await press(page, "{ArrowRight}");
  assert.equal(await focused(page), "bold");
  await press(page, "{End}");
  assert.equal(await focused(page), "redo");
  await press(page, "{ArrowRight}");
  assert.equal(await focused(page), "SELECT");
  await press(page, "{ArrowLeft}{Home}{ArrowRight}{ArrowRight}");
  assert.equal(await focused(page), "italic");
  await press(page, "{Tab}");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "textbox");
  await press(page, "{Shift+Tab}");
  assert.equal(await focused(page), "italic");
});

test("E9 Alt+F10 goes from the text to the toolbar, Esc back; a tool used there keeps the caret", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  await press(page, "a{Alt+F10}{ArrowRight}{Enter}");
  assert.equal(await focused(page), "bold");
  assert.equal(await page.locator("[data-tool=bold]").getAttribute("aria-pressed"), "true");
  await press(page, "{Escape}b");
  assert.equal(await textOf(page, "Aino"), "<paragraph>a<bold>b</bold></paragraph>");
});

test("E9 Esc, then Tab, leaves a list and a table; Tab alone does not", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  await press(page, "- a");
  await press(page, "{Tab}");
  assert.equal(await box.evaluate((element) => element === document.activeElement), true);
  await press(page, "{Escape}{Tab}");
  assert.equal(await page.evaluate(() => document.activeElement.id), "after");
  await press(page, "{Shift+Tab}");
  await press(page, "{Escape}b{Tab}");
  assert.equal(await box.evaluate((element) => element === document.activeElement), true);
});

test("E9 the style chooser shows and sets the style, by keyboard", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  await press(page, "x");
  const chooser = page.locator("select");
  await chooser.selectOption("heading_2");
  assert.equal(await textOf(page, "Aino"), "<heading level=2>x</heading>");
  await chooser.selectOption("quote");
  assert.match(await textOf(page, "Aino"), /^<quote>/);
  assert.equal(await chooser.inputValue(), "heading_2");
  await chooser.selectOption("paragraph");
  assert.equal(await chooser.inputValue(), "quote");
  await chooser.selectOption("paragraph");
  assert.equal(await textOf(page, "Aino"), "<paragraph>x</paragraph>");
});

test("E9 every tool has a name and says its state", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  const tool = (name) => page.getByRole("button", { name });
  assert.equal(await tool("Undo (Ctrl Z)").getAttribute("aria-disabled"), "true");
  await press(page, "- a");
  assert.equal(await tool("Undo (Ctrl Z)").getAttribute("aria-disabled"), "false");
  assert.equal(await tool("Bullet list (Ctrl Shift 8)").getAttribute("aria-pressed"), "true");
  assert.equal(await tool("Bullet list (Ctrl Shift 8)").getAttribute("aria-keyshortcuts"), "Control+Shift+8");
  const unnamed = await page.locator("[role=toolbar] button").evaluateAll((all) => all.filter((one) => one.innerText + (one.ariaLabel ?? "") === "").length);
  assert.equal(unnamed, 0);
});

test("E9 the text says its name, its hint and whether it can be written in", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino", { label: "Kuvaus", placeholder: "Kirjoita tähän" });
  assert.equal(await page.getByRole("textbox", { name: "Kuvaus" }).count(), 1);
  assert.equal(await box.getAttribute("aria-multiline"), "true");
  assert.equal(await box.locator(".is-empty").getAttribute("data-placeholder"), "Kirjoita tähän");
  await page.evaluate(() => window.viewOf("Aino").setEditable(false));
  assert.equal(await box.getAttribute("aria-readonly"), "true");
  assert.equal(await page.locator("[role=toolbar]").isHidden(), true);
  await page.evaluate(() => window.viewOf("Aino").destroy());
  assert.equal(await page.locator("[data-person=Aino]").innerHTML(), "");
});

test("E9 axe finds nothing in toolbar, text, table tools and link dialog", async () => {
  const page = await browser.page();
  const state = stateOf(node("heading", { level: 2 }, "x"), node("check_list", {}, node("check_item", { checked: true }, node("paragraph", {}, "y"))));
  const box = await enter(page, "Aino", { state });
  await box.focus();
  await press(page, "{Control+End}{Enter}{Enter}");
  await page.locator("[data-tool=table]").click();
  await press(page, "a{Tab}b{Tab}c");
  const violations = async () => {
    const found = await page.evaluate(() => window.axe.run(document));
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((each) => each.html).join(" ")}`);
  };
  await page.evaluate(AXE);
  assert.deepEqual(await violations(), []);
  await press(page, "{Control+k}");
  await press(page, "nonsense");
  await press(page, "{Enter}");
  assert.deepEqual(await violations(), []);
});

test("E17 labels come from the page, and nothing needs inline style or script", async () => {
  const page = await browser.page();
  await enter(page, "Aino", { labels: Object.fromEntries((await page.evaluate(() => window.labelKeys)).map((key) => [key, `¤${key}`])) });
  const words = await page.locator("[role=toolbar]").evaluate((bar) =>
    [...bar.querySelectorAll("button,option,span.vh")].map((part) => part.ariaLabel ?? part.textContent));
  for (const word of words) assert.match(word, /^¤/, word);
  assert.equal(await page.locator("[role=toolbar] [style]").count(), 0);
  assert.deepEqual(page.complaints, []);
});
