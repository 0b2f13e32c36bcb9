// The JavaScript half: Yjs itself, a document as a plain tree, and writers that play a seed.

import { createRequire } from "node:module";

const require = createRequire(new URL("../../app/package.json", import.meta.url));
export const Y = require("yjs");

export const toHex = (bytes) => Buffer.from(bytes).toString("hex");
export const fromHex = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));

/** What a document shows and knows, with nothing of how it is stored. */
export function shown(doc) {
  const clocks = Object.fromEntries(
    [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([client, clock]) => [String(client), clock]),
  );
  return { tree: doc.getXmlFragment("body").toArray().map(tree), clocks };
}

/** Whether Yjs holds something back until more comes. */
export const isWhole = (doc) => doc.store.pendingStructs === null && doc.store.pendingDs === null;

/** Known to differ: a liar's neighbour inside a sign of two UTF-16 units makes Yjs put U+FFFD for
 * each half, and core keeps the sign. Both are told as two marks here. */
export const halved = (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, "??").replaceAll("\ufffd", "?");

function tree(node) {
  if (node instanceof Y.XmlText) {
    return { text: node.toDelta().map(({ insert, ...rest }) => ({ insert: halved(insert), ...rest })) };
  }
  return { name: node.nodeName, attributes: node.getAttributes(), children: node.toArray().map(tree) };
}

/** Chance from a seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { below: (end) => (end > 0 ? roll() % end : 0), pick: (list) => list[roll() % list.length] };
}

/** Three writers who hear each other now and then; gives every update, in an order that fits. */
export function play(seed, steps) {
  const { below, pick } = chance(seed);
  const updates = [];
  const writers = [21, 22, 23].map((client) => {
    const doc = new Y.Doc();
    doc.clientID = client;
    doc.on("update", (update, origin) => origin === "heard" || updates.push(update));
    return doc;
  });
  for (let step = 0; step < steps; step += 1) {
    const doc = pick(writers);
    if (below(3) === 0) {
      updates.slice().forEach((update) => Y.applyUpdate(doc, update, "heard"));
    }
    doc.transact(() => edit(doc.getXmlFragment("body"), below, pick));
  }
  return updates;
}

const words = ["kylä", "🎵", "å ", "x", "talkoot kylässä"];
const marks = [{ bold: {} }, { italic: {} }, { link: { href: "/kahvi" } }, { bold: null }, { link: null }];

function edit(field, below, pick) {
  const runs = [...field.createTreeWalker((node) => node instanceof Y.XmlText)];
  const run = runs.length > 0 ? pick(runs) : null;
  switch (below(run ? 9 : 2)) {
    case 0:
      return field.insert(below(field.length + 1), [line(below(2) ? "paragraph" : "heading", pick(words))]);
    case 1:
      return field.insert(below(field.length + 1), [list(pick)]);
    case 2:
    case 3:
    case 4:
      return run.insert(below(run.length + 1), pick(words), below(4) === 0 ? pick(marks) : {});
    case 5:
      return format(run, below, pick);
    case 6:
      return run.length > 0 && run.delete(below(run.length), 1);
    case 7: {
      const headings = field.toArray().filter((node) => node.nodeName === "heading");
      return headings.length > 0 && pick(headings).setAttribute("level", 1 + below(4));
    }
    default:
      return field.length > 6 && field.delete(below(field.length), 1);
  }
}

function format(run, below, pick) {
  const from = below(run.length + 1);
  return run.format(from, below(run.length - from + 1), pick(marks));
}

function line(name, text) {
  const element = new Y.XmlElement(name);
  element.insert(0, [new Y.XmlText(text)]);
  if (name === "heading") element.setAttribute("level", 2);
  return element;
}

function list(pick) {
  const [whole, item] = ["bullet_list", "list_item"].map((name) => new Y.XmlElement(name));
  item.insert(0, [line("paragraph", pick(words))]);
  whole.insert(0, [item]);
  return whole;
}
