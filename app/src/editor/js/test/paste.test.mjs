// What comes in from other programs, in a real browser: structure stays, dress does not.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enter, openBrowser, paste, textOf } from "./browser.mjs";

let browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.stop());

const p = (inner) => `<paragraph>${inner}</paragraph>`;
const item = (inner) => `<list_item>${inner}</list_item>`;

const word = (level, marker, words) =>
  `<p class="MsoListParagraph" style="mso-list:l0 level${level} lfo1"><![if !supportLists]><span style="mso-list:Ignore">${marker}<span style='font:7pt "Times"'>&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;

const cases = [
  ["styles and classes", '<p class="x" style="color:red" onclick="alert(1)">a <span style="font-size:40px">b</span></p>', p("a b")],
  ["scripts and styles", "<style>p{}</style><script>x()</script><p>a</p><noscript>b</noscript>", p("a")],
  ["pictures", '<p>a<img src="https://x/y.png" onerror="x()">b</p>', p("ab")],
  ["unsafe links", '<p><a href="javascript:x()">a</a> <a href="https://x.fi/" target="_blank">b</a></p>', p("a <link https://x.fi/>b</link>")],
  ["small headings", "<h5>a</h5><h6>b</h6>", "<heading level=4>a</heading><heading level=4>b</heading>"],
  ["unknown elements", "<article><details><summary>a</summary>b</details></article>", /a.*b/],
  ["hidden parts", '<p>a<span style="display:none">secret</span></p>', p("a")],
  [
    "Google Docs",
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-weight:700">a</span><span style="font-style:italic;text-decoration:underline">b</span></p><h2><span style="font-weight:700">c</span></h2></b>',
    `${p("<bold>a</bold><underline><italic>b</italic></underline>")}<heading level=2>c</heading>`,
  ],
  [
    "a Google Docs check list",
    '<ul><li role="checkbox" aria-checked="true"><p>a</p></li><li role="checkbox" aria-checked="false"><p>b</p></li></ul>',
    `<check_list><check_item checked=true>${p("a")}</check_item><check_item checked=false>${p("b")}</check_item></check_list>`,
  ],
  [
    "a task list of the web",
    '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
    `<check_list><check_item checked=true>${p("a")}</check_item><check_item checked=false>${p("b")}</check_item></check_list>`,
  ],
  [
    "Word lists",
    `<p>x</p>${word(1, "·", "a")}${word(2, "1.", "b")}${word(1, "·", "c")}<p>y</p>`,
    `${p("x")}<bullet_list>${item(`${p("a")}<numbered_list start=1>${item(p("b"))}</numbered_list>`)}${item(p("c"))}</bullet_list>${p("y")}`,
  ],
  [
    "a Word table",
    '<table class=MsoTableGrid style="width:5cm"><tr><td width=90 style="border:1pt" colspan=2><p class=MsoNormal><b>a</b><o:p></o:p></p></td></tr><tr><td>b</td><td>c</td></tr></table>',
    /<table_cell colspan=2 rowspan=1><paragraph><bold>a<\/bold><\/paragraph><\/table_cell>/,
  ],
  ["a table in a table", "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>", /^<table>(?!.*<table>).*a.*b/],
];

for (const [what, html, expected] of cases) {
  test(`E11 pasting cleans ${what}`, async () => {
    const page = await browser.page();
    const box = await enter(page, "Aino");
    await box.focus();
    await paste(box, { "text/html": html });
    const text = (await textOf(page, "Aino")).replace(/<paragraph><\/paragraph>$/, "");
    if (typeof expected === "string") assert.equal(text, expected);
    else assert.match(text, expected);
    assert.deepEqual(page.complaints, []);
  });
}

test("E19 what one change cannot carry is not pasted, and the person is told", async () => {
  const page = await browser.page();
  const box = await enter(page, "Aino");
  await box.focus();
  const lines = (count) => ({ "text/plain": Array.from({ length: count }, (_, place) => `line ${place}`).join("\n") });
  const before = await textOf(page, "Aino");
  await paste(box, lines(10_000));
  assert.equal(await textOf(page, "Aino"), before);
  assert.equal(await page.evaluate(() => window.toldTooMuch("Aino")), 1);
  await paste(box, { "text/plain": "я".repeat(500_000) });
  assert.equal(await page.evaluate(() => window.toldTooMuch("Aino")), 2);
  await paste(box, lines(2_000));
  assert.match(await textOf(page, "Aino"), /line 1999/);
  assert.equal(await page.evaluate(() => window.toldTooMuch("Aino")), 2);
  assert.deepEqual(page.complaints, []);
});
