// Says whether a Yjs text holds only what this editor's schema knows.
//
// The binding deletes every element it cannot build, for everybody. So nothing
// is bound, and nothing stays bound, that has a part this editor does not know:
// an old client shows such a text read-only instead. Reads only, never writes.

import * as Y from "yjs";
import { ATTRIBUTES, schema } from "./schema.js";

/** Deeper texts come from no editor of ours. */
const DEPTH_MAX = 64;

/** Thrown instead of binding a text that a newer editor has written to. */
export class NewerContentError extends Error {
  constructor() {
    super("the text holds content that this editor does not know");
    this.code = "newer_content";
  }
}

/** What one part of a text turns out to be: buildable, empty and droppable, or unknown. */
const FITS = "fits";
const HOLLOW = "hollow";
const UNKNOWN = "unknown";

/**
 * Says whether every part of the fragment can be built and shown.
 * @param {Y.XmlFragment} fragment
 * @returns {boolean}
 */
export function isKnown(fragment) {
  return judgeChildren(fragment, schema.nodes.doc, 0) !== UNKNOWN;
}

/**
 * Says whether what a remote transaction touched inside the fragment is still known.
 * @param {Y.XmlFragment} fragment
 * @param {Y.Transaction} transaction
 * @returns {boolean}
 */
export function leavesKnown(fragment, transaction) {
  for (const type of transaction.changed.keys()) {
    if (!isWithin(type, fragment) || isGone(type)) continue;
    const verdict = type === fragment ? judgeChildren(fragment, schema.nodes.doc, 0) : judge(type, 0);
    if (verdict === UNKNOWN) return false;
  }
  return true;
}

function isWithin(type, fragment) {
  let above = type;
  while (above !== null && above !== undefined && above !== fragment) above = above.parent;
  return above === fragment;
}

const isGone = (type) => type._item !== null && type._item.deleted;

function judge(type, depth) {
  if (depth > DEPTH_MAX) return UNKNOWN;
  if (type instanceof Y.XmlText) return judgeText(type);
  if (!(type instanceof Y.XmlElement)) return UNKNOWN;
  const known = schema.nodes[type.nodeName];
  if (known === undefined || known === schema.topNodeType || known.isText) return UNKNOWN;
  if (!hasKnownAttributes(type.getAttributes(), known.spec.attrs)) return UNKNOWN;
  return judgeChildren(type, known, depth);
}

/** Follows the binding: hollow children are dropped first, then the rest must fit. */
function judgeChildren(container, nodeType, depth) {
  let match = nodeType.contentMatch;
  let holdsSomething = nodeType.isLeaf;
  for (const child of container.toArray()) {
    const verdict = judge(child, depth + 1);
    if (verdict === UNKNOWN) return UNKNOWN;
    if (verdict === HOLLOW || match === null) continue;
    holdsSomething = true;
    match = match.matchType(child instanceof Y.XmlText ? schema.nodes.text : schema.nodes[child.nodeName]);
    if (match === null) return UNKNOWN;
  }
  if (match.validEnd) return FITS;
  return holdsSomething ? UNKNOWN : HOLLOW;
}

function judgeText(text) {
  const runs = text.toDelta();
  for (const { insert, attributes } of runs) {
    if (typeof insert !== "string") return UNKNOWN;
    for (const [name, value] of Object.entries(attributes ?? {})) {
      const mark = schema.marks[name];
      if (mark === undefined || !hasKnownAttributes(value, mark.spec.attrs, true)) return UNKNOWN;
    }
  }
  return runs.length === 0 ? HOLLOW : FITS;
}

/** Compares names and values; a mark must carry all its attributes, a node has defaults. */
function hasKnownAttributes(found, spec = {}, all = false) {
  const given = typeof found === "object" && found !== null ? found : {};
  const fits = Object.entries(given).every(([name, value]) => name in spec && ATTRIBUTES[name].fits(value));
  return fits && (!all || Object.keys(spec).every((name) => name in given));
}
