// Two people who do anything at all, in a real browser: their texts still meet.
//
// The seeds stay: a failing one is added to the list.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openBrowser, press, textOf } from "./browser.mjs";
import { node, stateOf } from "./texts.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.stop());

const sentBy = (page, name) => page.evaluate((who) => window.sentBy(who), name);

async function exchange(page, a, b) {
  await page.evaluate(([one, other]) => {
    window.deliver(one, other);
    window.deliver(other, one);
  }, [a, b]);
}

/** Keys that between them reach every node and mark; `⌂` stands for a table. */
const MOVES = [
  "sana ", "{Enter}", "{Control+Home}", "{Control+End}", "{ArrowUp}", "{Home}", "{Shift+ArrowLeft}", "{Backspace}", "{Delete}",
  "{Control+b}", "{Control+Shift+Digit7}", "{Control+Shift+Digit8}", "{Control+Shift+Digit9}", "{Tab}", "{Shift+Tab}",
  "{Control+Enter}", "{Control+Alt+Digit2}", "{Control+Alt+Digit0}", "{Control+z}", "{Control+y}", "{Shift+Enter}", "⌂", "> ", "---",
];

/** A small repeatable die (mulberry32). */
function die(seed) {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

async function makeMove(page, name, move) {
  if (move !== "⌂") return press(page, move);
  const tool = page.locator(`[data-toolbar=${name}] [data-tool=table]`);
  return (await tool.getAttribute("aria-disabled")) === "true" ? undefined : tool.click();
}

/** What a person sees, block by block; tints and the editor's own fillers aside. */
const shown = (box) =>
  box.evaluate((element) => {
    const blocks = element.querySelectorAll("p,h1,h2,h3,h4,ul,ol,li,blockquote,th,td,tr,hr,input");
    return [...blocks].map((block) => `${block.tagName} ${block.checked ?? ""} ${block.innerText}`);
  });

for (const seed of [1, 2, 3]) {
  test(`E6 random edits by two people converge, seed ${seed}`, async () => {
    const page = await browser.page();
    const roll = die(seed);
    const state = stateOf(node("paragraph", {}, "yhteinen alku"));
    const boxes = { Aino: await enter(page, "Aino", { state }), Eero: await enter(page, "Eero", { state }) };
    for (let round = 0; round < 12; round += 1) {
      for (const name of ["Aino", "Eero"]) {
        await boxes[name].focus();
        for (let step = 0; step < 4; step += 1) await makeMove(page, name, MOVES[roll(MOVES.length)]);
      }
      if (roll(3) > 0) await exchange(page, "Aino", "Eero");
    }
    await exchange(page, "Aino", "Eero");
    await exchange(page, "Aino", "Eero");
    assert.equal(await textOf(page, "Aino"), await textOf(page, "Eero"));
    assert.deepEqual(await shown(boxes.Aino), await shown(boxes.Eero));
    assert.equal((await sentBy(page, "Aino")) > 10, true);
    assert.deepEqual(page.complaints, []);
  });
}
