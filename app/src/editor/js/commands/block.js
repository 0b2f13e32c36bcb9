// Commands for paragraphs, headings, quotes, breaks and rules.

import { lift, setBlockType, wrapIn } from "prosemirror-commands";
import { TextSelection } from "prosemirror-state";
import { HEADING_LEVEL_MAX, schema } from "../schema.js";

const { paragraph, heading, quote, rule, line_break: lineBreak } = schema.nodes;

/** The styles the chooser offers, in its order. */
export const BLOCK_STYLES = [
  "paragraph",
  ...Array.from({ length: HEADING_LEVEL_MAX }, (_, index) => `heading_${index + 1}`),
  "quote",
];

/** Returns the style at the caret. */
export function styleAt({ selection: { $from } }) {
  if ($from.parent.type === heading) return `heading_${$from.parent.attrs.level}`;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type === quote) return "quote";
  }
  return "paragraph";
}

/** Gives the selected blocks a style. */
export function setStyle(style) {
  if (style === "quote") {
    return (state, dispatch) => (styleAt(state) === "quote" ? false : wrapIn(quote)(state, dispatch));
  }
  if (style === "paragraph") return toParagraph;
  return setBlockType(heading, { level: Number(style.at(-1)) });
}

function toParagraph(state, dispatch) {
  const { $from } = state.selection;
  const isPlainInQuote = $from.parent.type === paragraph && $from.depth > 1 && $from.node(-1).type === quote;
  return isPlainInQuote ? lift(state, dispatch) : setBlockType(paragraph)(state, dispatch);
}

/** Breaks the line inside the paragraph. */
export function breakLine(state, dispatch) {
  if (!state.selection.$from.parent.inlineContent) return false;
  if (dispatch) dispatch(state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView());
  return true;
}

/** Puts a rule at the caret, and the caret into a paragraph below it. */
export function insertRule(state, dispatch) {
  if (dispatch) dispatch(placeBlock(state.tr, rule.create(), "after").scrollIntoView());
  return true;
}

/**
 * Inserts a block at the selection and sees to it that a paragraph follows.
 * @param {import("prosemirror-state").Transaction} tr
 * @param {import("prosemirror-model").Node} block
 * @param {"inside" | "after"} caret where the caret goes
 */
export function placeBlock(tr, block, caret) {
  tr.replaceSelectionWith(block);
  let at = -1;
  tr.doc.descendants((node, pos) => {
    if (node === block) at = pos;
    return at < 0;
  });
  if (at < 0) return tr;
  const end = at + block.nodeSize;
  if (tr.doc.resolve(end).nodeAfter === null) tr.insert(end, paragraph.create());
  const place = tr.doc.resolve(caret === "inside" ? at + 1 : end);
  return tr.setSelection(TextSelection.near(place, 1));
}
