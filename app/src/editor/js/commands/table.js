// Commands for tables.

import { TextSelection } from "prosemirror-state";
import * as tables from "prosemirror-tables";
import { schema } from "../schema.js";
import { placeBlock } from "./block.js";

const NEW_TABLE_SIDE = 3;

const { paragraph, table, table_row: row, table_cell: cell, table_header: header } = schema.nodes;

/** Says whether the caret is in a table. */
export const inTable = (state) => tables.isInTable(state);

/** Inserts a table with a header row; never a table within a table. */
export function insertTable(state, dispatch) {
  if (inTable(state)) return false;
  if (dispatch) dispatch(placeBlock(state.tr, emptyTable(), "inside").scrollIntoView());
  return true;
}

function emptyTable() {
  const side = Array.from({ length: NEW_TABLE_SIDE });
  const filled = (type) => row.create(null, side.map(() => type.create(null, paragraph.create())));
  return table.create(null, side.map((_, index) => filled(index === 0 ? header : cell)));
}

/** Mends tables that met with a short row, then runs the command (see tables.js). */
function mended(command) {
  return (state, dispatch, view) => {
    if (!inTable(state)) return false;
    const mend = dispatch && view ? tables.fixTables(state) : undefined;
    if (mend === undefined) return command(state, dispatch, view);
    dispatch(mend);
    return command(view.state, view.dispatch, view);
  };
}

/** Adds a row below the caret's. */
export const addRow = mended(tables.addRowAfter);
/** Adds a column after the caret's. */
export const addColumn = mended(tables.addColumnAfter);
/** Removes the caret's row; the table with it when it was the last. */
export const removeRow = mended((state, dispatch) => removeLine(state, dispatch, "height", tables.deleteRow));
/** Removes the caret's column; the table with it when it was the last. */
export const removeColumn = mended((state, dispatch) => removeLine(state, dispatch, "width", tables.deleteColumn));
/** Makes the first row a header row, or a plain one. */
export const toggleHeaderRow = mended(tables.toggleHeader("row"));
/** Removes the whole table. */
export const removeTable = mended(tables.deleteTable);

function removeLine(state, dispatch, side, remove) {
  const { map, tableStart } = tables.selectedRect(state);
  if (map[side] === 1) return tables.deleteTable(state, dispatch);
  return remove(state, dispatch && ((tr) => dispatch(stayInside(tr, tableStart))));
}

/** Removing the last line would move the caret out, and the table tools with it. */
function stayInside(tr, tableStart) {
  const left = tr.doc.nodeAt(tableStart - 1);
  const end = tableStart + left.content.size;
  const isInside = tr.selection.from > tableStart && tr.selection.to < end;
  return isInside ? tr : tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
}

/** Says whether the table at the caret has a header row. */
export function hasHeaderRow(state) {
  if (!inTable(state)) return false;
  const around = tables.findTable(state.selection.$from);
  const first = around?.node.firstChild;
  return first?.childCount > 0 && first.children.every((child) => child.type === header);
}

/** Moves to the next cell; past the last one, into a new row. */
export function nextCell(state, dispatch, view) {
  if (!inTable(state)) return false;
  if (tables.goToNextCell(1)(state, dispatch)) return true;
  if (dispatch && view && addRow(state, dispatch, view)) tables.goToNextCell(1)(view.state, view.dispatch);
  return true;
}

/** Moves to the cell before. In a table it always answers. */
export function previousCell(state, dispatch) {
  return inTable(state) && (tables.goToNextCell(-1)(state, dispatch) || true);
}
