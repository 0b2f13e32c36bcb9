/** Words that want to run: what an attacker types, and a browser that notices if anything comes of it. */
import { expect } from "@playwright/test";

/** What runs if a page takes it for its own; `ran` is called by each. */
const CORES = [
  "<script>ran()</script>",
  "</textarea></title></style><script>ran()</script>",
  "<img src=x onerror=ran()>",
  '"><img src=x onerror="ran()">',
  "'-ran()-'",
  "<svg onload=ran()>",
  "<svg><script>ran()</script></svg>",
  "<math><mtext></mtext><mglyph><style><img src=x onerror=ran()></style></mglyph></math>",
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<iframe src="javascript:parent.ran()"></iframe>',
  '<a href="javascript:ran()">kuva</a>',
  "[kuva](javascript:ran())",
  "![kuva](x onerror=ran())",
  "<javascript:ran()>",
  "javascript:ran()//https://example.org",
  "https://example.org/\"onmouseover=\"ran()",
  "data:text/html,<script>ran()</script>",
  "<body onload=ran()><details open ontoggle=ran()>",
  "<form action=javascript:ran()><button autofocus onfocus=ran()>",
  '<meta http-equiv="refresh" content="0;url=javascript:ran()">',
  "<base href=//attacker.example/><link rel=stylesheet href=//attacker.example/x.css>",
  '<style>@import "//attacker.example/x.css"</style><p style="background:url(//attacker.example/x)">',
  "<template><img src=x onerror=ran()></template>{{ran()}}${ran()}",
  "<!--><img src=x onerror=ran()>--><![CDATA[<script>ran()</script>]]>",
  "@<img src=x onerror=ran()> #<svg onload=ran()>",
];

/** Ways to hide it. */
const COVERS = [
  (core) => core,
  (core) => `\u202e\u200b${core}\u0085\ufeff`,
  (core) => `> ${core}\n\n\`\`\`\n${core.replaceAll("<", "&lt;&#60;<").replaceAll("javascript", "java\tscript")}\n\`\`\``,
];

/** Every hostile input, each with a number to know it by. */
export const HOSTILE = COVERS.flatMap((cover) => CORES.map(cover)).map((words, number) => `n${number} ${words}`);

/** Notes whatever runs, is blocked, asks or is fetched from elsewhere in a person's browser. */
export async function watch(person) {
  const seen = [];
  const { context } = person.profile;
  await context.exposeFunction("ran", (what = "script") => seen.push(`ran: ${what}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => globalThis.ran(`${event.violatedDirective} ${event.blockedURI}`), true);
  });
  context.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(person.server.address) && !/^(blob|data|chrome|about)/.test(url)) seen.push(`fetched: ${url}`);
  });
  return seen;
}

/** Shows that a page holds words as words: no element and no link is made of them. */
export async function holdsOnlyWords(page) {
  const made = await page.evaluate(() => {
    const strange = "main :is(script, iframe, object, embed, base, meta, style, math, template, form[action^=javascript], [onerror], [onload], [ontoggle], [onfocus], [onmouseover])";
    const links = [...document.querySelectorAll("a[href]")].filter((link) => !/^(https?|mailto|blob):$/.test(link.protocol));
    return [...document.querySelectorAll(strange), ...links].map((one) => one.outerHTML.slice(0, 200));
  });
  expect(made).toEqual([]);
}
