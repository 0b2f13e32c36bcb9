/** Edits that follow from a seed, made by Yjs itself: typing, moving about, taking back. */
import * as Y from "yjs";

const LETTERS = "aaiittneeosslkuurvmhyjpd     ";

/** A row of numbers below one that depends on its seed alone (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An empty paragraph in the field "body", and the text in it. */
export function begin(document) {
  const text = new Y.XmlText();
  const element = new Y.XmlElement("paragraph");
  element.insert(0, [text]);
  document.getXmlFragment("body").insert(0, [element]);
  return text;
}

/** The text of the first paragraph. */
export const textOf = (document) => document.getXmlFragment("body").get(0).get(0);

/**
 * Makes single-character edits: runs of typing, some taken back again, at places that
 * move through the text as a writer does. `share`: how many of the edits insert.
 */
export function edit(text, edits, random, share = 0.7) {
  let cursor = Math.floor(random() * (text.length + 1));
  let done = 0;
  while (done < edits) {
    if (random() < 0.25) cursor = Math.floor(random() * (text.length + 1));
    const run = Math.min(edits - done, 1 + Math.floor(-Math.log(1 - random()) * 14));
    const typing = cursor === 0 || random() < share;
    for (let key = 0; key < run && (typing || cursor > 0); key += 1, done += 1) {
      if (typing) {
        text.insert(cursor, LETTERS[Math.floor(random() * LETTERS.length)]);
        cursor += 1;
      } else {
        cursor -= 1;
        text.delete(cursor, 1);
      }
    }
  }
}
