// Commands for bullet, numbered and check lists.

import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { schema } from "../schema.js";

const { list_item: listItem, check_item: checkItem } = schema.nodes;
const ITEMS = [listItem, checkItem];

/** The list kinds with the item each holds. */
const ITEM_OF = { bullet_list: listItem, numbered_list: listItem, check_list: checkItem };

/** Finds the innermost list around a position, or null. */
function listAround($pos) {
  for (let depth = $pos.depth; depth > 0; depth -= 1) {
    const node = $pos.node(depth);
    if (node.type.name in ITEM_OF) return { node, pos: $pos.before(depth) };
  }
  return null;
}

/** Returns the kind of list at the caret, or null. */
export function listAt(state) {
  return listAround(state.selection.$from)?.node.type.name ?? null;
}

/** Makes the selected blocks a list of this kind, turns another kind into it, or takes it away. */
export function toggleList(kind) {
  const type = schema.nodes[kind];
  return (state, dispatch) => {
    const around = listAround(state.selection.$from);
    if (around === null) return wrapInList(type)(state, dispatch);
    if (around.node.type === type) return liftListItem(ITEMS)(state, dispatch);
    if (dispatch) dispatch(turnInto(state, around, type).scrollIntoView());
    return true;
  };
}

/** Positions do not move: every item keeps its size. */
function turnInto(state, { node, pos }, type) {
  const items = node.children.map((item) => ITEM_OF[type.name].create(null, item.content));
  const tr = state.tr.replaceWith(pos, pos + node.nodeSize, type.create(null, items));
  const { anchor, head } = state.selection;
  return tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
}

/** Splits the item at the caret; a new check item is not ticked. */
export function splitItem(state, dispatch) {
  const item = state.selection.$from.depth > 1 ? state.selection.$from.node(-1).type : null;
  if (item === checkItem) return splitListItem(checkItem, { checked: false })(state, dispatch);
  return splitListItem(listItem)(state, dispatch);
}

/** Moves an empty item, or one whose start holds the caret, one level out. */
export function liftEmptyItem(state, dispatch) {
  const { $from, empty } = state.selection;
  const isEmptyItem = empty && $from.parent.content.size === 0 && startsItem($from);
  return isEmptyItem && liftListItem(ITEMS)(state, dispatch);
}

/** Moves the item out when the caret is at its very start. */
export function liftAtStart(state, dispatch) {
  const { $from, empty } = state.selection;
  return empty && $from.parentOffset === 0 && startsItem($from) && liftListItem(ITEMS)(state, dispatch);
}

const startsItem = ($pos) => $pos.depth > 1 && ITEMS.includes($pos.node(-1).type) && $pos.index(-1) === 0;

/** Moves the item one level in. In a list it always answers, so that Tab does not leave by chance. */
export function indent(state, dispatch) {
  return listAt(state) !== null && (sinkListItem(ITEMS)(state, dispatch) || true);
}

/** Moves the item one level out, with the same promise. */
export function outdent(state, dispatch) {
  return listAt(state) !== null && (liftListItem(ITEMS)(state, dispatch) || true);
}

/** Ticks or unticks the check item at the caret. */
export function toggleChecked(state, dispatch) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type !== checkItem) continue;
    if (dispatch) dispatch(state.tr.setNodeAttribute($from.before(depth), "checked", !node.attrs.checked));
    return true;
  }
  return false;
}
