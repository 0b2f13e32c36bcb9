// Puts attributes of pasted nodes right, after ProseMirror has built them.
//
// A clipboard can claim to come from this editor and carry any value; such a
// value would make the server refuse the person's text. Names are safe already.

import { Fragment, Slice } from "prosemirror-model";
import { cleanHref } from "../href.js";
import { ATTRIBUTES, schema } from "../schema.js";

/**
 * Returns the slice with every attribute within its bounds, and no unsafe link.
 * @param {Slice} slice
 */
export function cleanSlice(slice) {
  return new Slice(cleanFragment(slice.content), slice.openStart, slice.openEnd);
}

function cleanFragment(fragment) {
  return Fragment.from(fragment.content.map(cleanNode));
}

function cleanNode(node) {
  const marks = node.marks.filter(isSafe);
  if (node.isText) return node.mark(marks);
  const attrs = Object.fromEntries(Object.entries(node.attrs).map(clean));
  return node.type.create(attrs, cleanFragment(node.content), marks);
}

function clean([name, value]) {
  const { fits, instead } = ATTRIBUTES[name];
  return [name, fits(value) ? value : instead];
}

function isSafe(mark) {
  return mark.type !== schema.marks.link || cleanHref(mark.attrs.href) !== null;
}
