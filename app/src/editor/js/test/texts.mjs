// Small Yjs texts for the tests, made without an editor.

import * as Y from "yjs";

/** Builds an element: `node("heading", { level: 2 }, "words")`. */
export function node(name, attributes = {}, ...children) {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.insert(0, children.map((child) => (typeof child === "string" ? new Y.XmlText(child) : child)));
  return made;
}

/** Builds a text with marks: `marked("word", { bold: {} })`. */
export function marked(words, marks) {
  const text = new Y.XmlText();
  text.applyDelta([{ insert: words, attributes: marks }]);
  return text;
}

/** Returns a document whose field `body` holds the elements. */
export function docOf(...elements) {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getXmlFragment("body").insert(0, elements);
  return doc;
}

/** The whole state of such a document, as a plain array that can cross into a page. */
export const stateOf = (...elements) => [...Y.encodeStateAsUpdate(docOf(...elements))];

/**
 * What the Rust side's `text::seed_update(77, "body", …)` makes of a heading "Otsikko" of level 2,
 * a numbered list with "x" and a line break, and a rule: the bytes that `create` fills a text with.
 */
export const SEEDED = [
  ...Buffer.from(
    "010c4d00070104626f6479030768656164696e6707004d000604004d01074f7473696b6b6f28004d00056c6576656c017d02" +
      "874d00030d6e756d62657265645f6c69737407004d0a03096c6973745f6974656d07004d0b030970617261677261706807004d0c0604" +
      "004d0d0178874d0d030a6c696e655f627265616b28004d0a057374617274017d01874d0a030472756c6500",
    "hex",
  ),
];
