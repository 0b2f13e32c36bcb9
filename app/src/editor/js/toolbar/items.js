// What the toolbar offers: each tool with its label key, sign, keys and command.

import { toggleMark } from "prosemirror-commands";
import { redoCommand, undoCommand } from "y-prosemirror";
import { BLOCK_STYLES, insertRule, setStyle, styleAt } from "../commands/block.js";
import { linkAt } from "../commands/link.js";
import { listAt, toggleList } from "../commands/list.js";
import * as table from "../commands/table.js";
import { schema } from "../schema.js";

/** The style chooser: the styles in order, which one is on, and how to set one. */
export const STYLES = { names: BLOCK_STYLES, at: styleAt, set: setStyle };

/**
 * @typedef {object} Tool
 * @property {string} key label key
 * @property {string} [icon] id of a symbol on the page
 * @property {string} [glyph] a sign in letters, where the icons have none
 * @property {string} [keys] as in `aria-keyshortcuts`, with Mod for Control or Command
 * @property {import("prosemirror-state").Command} command
 * @property {(state: import("prosemirror-state").EditorState) => boolean} [isOn] for tools that stay pressed
 */

/**
 * Returns the tools in groups; the last group stands at the far end.
 * @param {() => void} openLink
 * @returns {Tool[][]}
 */
export function toolGroups(openLink) {
  return [
    [
      mark("bold", { icon: "text-b", keys: "Mod+B" }),
      mark("italic", { icon: "text-italic", keys: "Mod+I" }),
      mark("underline", { glyph: "U", keys: "Mod+U" }),
      mark("strike", { glyph: "S", keys: "Mod+Shift+X" }),
      mark("code", { glyph: "<>", keys: "Mod+E" }),
    ],
    [
      list("bullet_list", { icon: "list-bullets", keys: "Mod+Shift+8" }),
      list("numbered_list", { icon: "list-numbers", keys: "Mod+Shift+7" }),
      list("check_list", { icon: "list-checks", keys: "Mod+Shift+9" }),
    ],
    [
      { key: "link", icon: "link-simple", keys: "Mod+K", command: asking(openLink), isOn: (state) => linkAt(state) !== null },
      { key: "table", icon: "table", command: table.insertTable },
      { key: "rule", glyph: "―", command: insertRule },
    ],
    [
      { key: "undo", icon: "arrow-u-up-left", keys: "Mod+Z", command: undoCommand },
      { key: "redo", icon: "arrow-u-up-right", keys: "Mod+Y", command: redoCommand },
    ],
  ];
}

/** The tools that show only while the caret is in a table. They say what they do in words. */
export const TABLE_TOOLS = [
  { key: "row_add", command: table.addRow },
  { key: "column_add", command: table.addColumn },
  { key: "row_remove", command: table.removeRow },
  { key: "column_remove", command: table.removeColumn },
  { key: "header_row", command: table.toggleHeaderRow, isOn: table.hasHeaderRow },
  { key: "table_remove", command: table.removeTable },
];

function mark(key, look) {
  const type = schema.marks[key];
  return { key, ...look, command: toggleMark(type), isOn: (state) => hasMark(state, type) };
}

function list(key, look) {
  return { key, ...look, command: toggleList(key), isOn: (state) => listAt(state) === key };
}

function asking(open) {
  return (_, dispatch) => {
    if (dispatch) open();
    return true;
  };
}

function hasMark({ selection, storedMarks, doc }, type) {
  if (selection.empty) return type.isInSet(storedMarks ?? selection.$from.marks()) !== undefined;
  return selection.ranges.some(({ $from, $to }) => doc.rangeHasMark($from.pos, $to.pos, type));
}
