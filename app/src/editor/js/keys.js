// Which key does what. DESIGN.md lists them for people.

import { chainCommands, toggleMark } from "prosemirror-commands";
import { undoInputRule } from "prosemirror-inputrules";
import { redoCommand, undoCommand } from "y-prosemirror";
import { breakLine, setStyle } from "./commands/block.js";
import { indent, liftAtStart, liftEmptyItem, outdent, splitItem, toggleChecked, toggleList } from "./commands/list.js";
import { nextCell, previousCell } from "./commands/table.js";
import { HEADING_LEVEL_MAX, schema } from "./schema.js";

const { bold, italic, underline, strike, code } = schema.marks;

/**
 * Returns the key bindings of a view.
 * @param {{ openLink: () => void, isLeaving: () => boolean, focusToolbar: () => boolean }} page
 */
export function keysFor({ openLink, isLeaving, focusToolbar }) {
  const unlessLeaving = (command) => (state, dispatch, view) => !isLeaving() && command(state, dispatch, view);
  const keys = {
    "Mod-b": toggleMark(bold),
    "Mod-i": toggleMark(italic),
    "Mod-u": toggleMark(underline),
    "Mod-Shift-x": toggleMark(strike),
    "Mod-e": toggleMark(code),
    "Mod-`": toggleMark(code),
    "Mod-k": () => {
      openLink();
      return true;
    },
    "Mod-Shift-7": toggleList("numbered_list"),
    "Mod-Shift-8": toggleList("bullet_list"),
    "Mod-Shift-9": toggleList("check_list"),
    "Mod-z": undoCommand,
    "Mod-y": redoCommand,
    "Mod-Shift-z": redoCommand,
    "Mod-Alt-0": setStyle("paragraph"),
    Enter: chainCommands(splitItem, liftEmptyItem),
    "Shift-Enter": breakLine,
    "Mod-Enter": chainCommands(toggleChecked, breakLine),
    Backspace: chainCommands(undoInputRule, liftAtStart),
    Tab: unlessLeaving(nextInTableOrList),
    "Shift-Tab": unlessLeaving(previousInTableOrList),
    "Alt-F10": focusToolbar,
  };
  for (let level = 1; level <= HEADING_LEVEL_MAX; level += 1) keys[`Mod-Alt-${level}`] = setStyle(`heading_${level}`);
  return keys;
}

/** The innermost wins: a list in a cell is indented, a table in a list is walked. */
function nextInTableOrList(state, dispatch, view) {
  return isListInnermost(state) ? indent(state, dispatch) : nextCell(state, dispatch, view);
}

function previousInTableOrList(state, dispatch) {
  return isListInnermost(state) ? outdent(state, dispatch) : previousCell(state, dispatch);
}

function isListInnermost({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { name, spec } = $from.node(depth).type;
    if (name === "list_item" || name === "check_item") return true;
    if (spec.tableRole !== undefined) return false;
  }
  return false;
}
