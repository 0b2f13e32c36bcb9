// The rules that need no browser: links, what is known, sessions, presence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { isKnown } from "../guard.js";
import { cleanHref, typedHref } from "../href.js";
import { LABELS } from "../labels.js";
import { openPresence } from "../presence.js";
import { openText } from "../session.js";
import labels from "./labels.json" with { type: "json" };
import { docOf, marked, node, stateOf } from "./texts.mjs";

test("E10 links carry only http, https, mailto, tel or a path on this site", () => {
  const kept = ["https://a.fi/x?y=1#z", "http://a", "mailto:a@b.fi", "tel:+358401234567", "/practices/3", "HTTPS://A.fi"];
  const refused = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\u0001javascript:x",
    "data:text/html,x", "vbscript:x", "file:///etc", "//evil.fi", "/\\evil.fi", "https:evil", "http://", "", " ", "x",
    `https://a/${"x".repeat(2100)}`, null, 7, 'https://a/"onclick=', "https://a/<b>",
  ];
  for (const href of kept) assert.equal(cleanHref(href), href.replace("HTTPS", "https"), href);
  for (const href of refused) assert.equal(cleanHref(href), null, String(href));
});

test("E10 a typed host becomes https and a typed address becomes mailto", () => {
  assert.equal(typedHref(" www.kylat.fi/digi "), "https://www.kylat.fi/digi");
  assert.equal(typedHref("kylä.fi:8080/x"), "https://kylä.fi:8080/x");
  assert.equal(typedHref("matti@kyla.fi"), "mailto:matti@kyla.fi");
  assert.equal(typedHref("just words"), null);
  assert.equal(typedHref("javascript:alert(1)"), null);
});

const known = [
  node("paragraph", {}, "words"),
  node("heading", { level: 4 }, "words"),
  node("numbered_list", { start: 3 }, node("list_item", {}, node("heading", { level: 1 }, "heading first"))),
  node("check_list", {}, node("check_item", { checked: true }, node("paragraph"))),
  node("table", {}, node("table_row", {}, node("table_cell", { colspan: 1, rowspan: 1 }, node("paragraph")))),
  node("paragraph", {}, node("line_break"), marked("x", { bold: {}, code: {}, link: { href: "https://a" } })),
  node("bullet_list"),
  node("quote", {}, node("rule")),
];
const unknown = [
  node("video", {}, "words"),
  node("paragraph", { align: "left" }, "words"),
  node("heading", { level: 5 }, "words"),
  node("heading", { level: "2" }, "words"),
  node("check_list", {}, node("check_item", { checked: "yes" }, node("paragraph"))),
  node("paragraph", {}, marked("x", { highlight: {} })),
  node("paragraph", {}, marked("x", { bold: { weight: 3 } })),
  node("paragraph", {}, marked("x", { link: {} })),
  node("bullet_list", {}, node("paragraph", {}, "not an item")),
  node("paragraph", {}, node("paragraph", {}, "block in a paragraph")),
  node("quote", {}, "bare words"),
  node("doc", {}, node("paragraph")),
  node("text"),
];

test("E3 a text is known when every node, mark and attribute is", () => {
  for (const element of known) assert.equal(isKnown(docOf(element).getXmlFragment("body")), true, element.toString());
  for (const element of unknown) assert.equal(isKnown(docOf(element).getXmlFragment("body")), false, element.toString());
});

test("E3 bare text at the top, embedded things and endless nesting are not known", () => {
  const bare = new Y.Doc();
  bare.getXmlFragment("body").insert(0, [new Y.XmlText("words")]);
  const embedded = new Y.XmlText();
  embedded.insertEmbed(0, { image: "x" });
  let deep = node("paragraph", {}, "deep");
  for (let depth = 0; depth < 100; depth += 1) deep = node("quote", {}, deep);
  assert.equal(isKnown(bare.getXmlFragment("body")), false);
  assert.equal(isKnown(docOf(node("paragraph", {}, embedded)).getXmlFragment("body")), false);
  assert.equal(isKnown(docOf(deep).getXmlFragment("body")), false);
});

test("E3 mounting what is not known throws newer_content", () => {
  const sent = [];
  const state = Uint8Array.from(stateOf(node("video", {}, "words")));
  const session = openText({ state, clientId: 5, onUpdate: (update) => sent.push(update) });
  assert.throws(() => session.mount({ field: "body" }), { code: "newer_content" });
  assert.equal(sent.length, 0);
  session.close();
});

test("E5 a remote update is taken in and never echoed, however often it comes", () => {
  const sent = [];
  const session = openText({ state: new Uint8Array(), clientId: 5, onUpdate: (update) => sent.push(update) });
  const update = Uint8Array.from(stateOf(node("paragraph", {}, "words")));
  session.applyUpdate(update);
  session.applyUpdate(update);
  assert.deepEqual(session.wholeState(), update);
  assert.equal(sent.length, 0);
  session.close();
});

/** Two presences wired to each other; a third awareness plays the foreign peer. */
function peersOf(presence) {
  let latest = [];
  presence.watch((peers) => {
    latest = peers;
  });
  return () => latest;
}

function foreign(id, state) {
  const doc = new Y.Doc();
  doc.clientID = id;
  const awareness = new Awareness(doc);
  awareness.setLocalState(state);
  const update = encodeAwarenessUpdate(awareness, [id]);
  return { update, end: () => doc.destroy() };
}

test("E16 what a peer claims is cut to size, and its bytes may be nonsense", () => {
  const doc = new Y.Doc();
  doc.clientID = 3;
  const presence = openPresence(doc, () => {});
  const peers = peersOf(presence);
  const peer = foreign(9, { user: { name: "x".repeat(500), tint: 77 }, cursor: { anchor: { item: "no" }, head: 1 } });
  presence.apply(peer.update);
  presence.apply(Uint8Array.of(1, 2, 3));
  presence.apply(Uint8Array.of(255, 255, 255));
  assert.equal(peers().length, 1);
  assert.equal(peers()[0].name.length, 40);
  assert.ok(peers()[0].tint >= 1 && peers()[0].tint <= 5);
  assert.equal(presence.forView.getStates().get(9).cursor, null);
  peer.end();
  doc.destroy();
});

test("E16 nobody can speak for this session", () => {
  const doc = new Y.Doc();
  doc.clientID = 3;
  const presence = openPresence(doc, () => {});
  presence.introduce({ name: "Me", color: 1 });
  const said = (state) => {
    const text = new TextEncoder().encode(JSON.stringify(state));
    return Uint8Array.of(1, 3, 99, text.length, ...text);
  };
  presence.apply(said({ user: { name: "Impostor" } }));
  assert.equal(presence.forView.getLocalState().user.name, "Me");
  presence.apply(said(null));
  assert.equal(presence.forView.getLocalState().user.name, "Me");
  doc.destroy();
});

test("E16 closing a session says goodbye", () => {
  const heard = [];
  const session = openText({ state: new Uint8Array(), clientId: 3, onUpdate() {}, onAwareness: (update) => heard.push(update) });
  session.close();
  assert.match(new TextDecoder().decode(heard.at(-1)), /null/);
});

test("E17 every label has a key, and each language has all of them", () => {
  for (const language of ["fi", "sv", "en"]) assert.deepEqual(Object.keys(labels[language]).sort(), [...LABELS].sort(), language);
});
