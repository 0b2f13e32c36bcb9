// What turns into formatting while it is typed. Pasted text is never read this way.
//
// Backspace right after takes the formatting back and leaves what was typed.

import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { TextSelection } from "prosemirror-state";
import { placeBlock } from "./commands/block.js";
import { listAt, toggleList } from "./commands/list.js";
import { schema } from "./schema.js";

const { heading, bullet_list: bulletList, numbered_list: numberedList, quote, rule } = schema.nodes;

/** Builds the plugin. */
export function typingRules() {
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{1,4})\s$/, heading, (match) => ({ level: match[1].length })),
      wrappingInputRule(/^\s*[-*]\s$/, bulletList),
      wrappingInputRule(/^(\d{1,9})\.\s$/, numberedList, (match) => ({ start: Number(match[1]) }), continuesCount),
      wrappingInputRule(/^\s*>\s$/, quote),
      new InputRule(/^\s*\[( ?|x)\]\s$/i, toCheckItem),
      new InputRule(/^---$/, toRule),
    ],
  });
}

const continuesCount = (match, list) => list.childCount + list.attrs.start === Number(match[1]);

/** `[ ] ` starts a check list, also in a bullet that `- ` has just started. */
function toCheckItem(state, match, start, end) {
  if (listAt(state) === "check_list") return null;
  const typed = state.apply(state.tr.delete(start, end));
  let steps = null;
  const made = toggleList("check_list")(typed, (tr) => {
    steps = tr;
  });
  if (!made || steps === null) return null;
  const tr = state.tr.delete(start, end);
  for (const step of steps.steps) tr.step(step);
  tr.setSelection(TextSelection.near(tr.doc.resolve(steps.selection.anchor)));
  return match[1].toLowerCase() === "x" ? tickAround(tr) : tr;
}

function tickAround(tr) {
  const { $from } = tr.selection;
  return tr.setNodeAttribute($from.before($from.depth - 1), "checked", true);
}

function toRule(state, _, start, end) {
  const isAlone = state.doc.resolve(start).parent.content.size === end - start;
  return isAlone ? placeBlock(state.tr.delete(start, end), rule.create(), "after") : null;
}
