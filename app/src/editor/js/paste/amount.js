// How much may come into a text at a time.
//
// One pasting is one change, and the server takes in at most 20,000 structs and
// 1 MiB of a change's text (core's `Policy::UPDATE`). What is beyond that is
// stopped here, where nothing has happened yet, rather than refused later.

/** Leaves room for what is typed in the same moment. */
const STRUCTS_MAX = 15_000;
const BYTES_MAX = 800_000;
/** What one Yjs struct takes beside its text: kind, ids of its neighbours, name. */
const BYTES_A_STRUCT = 20;

/**
 * Says whether a slice is more than the text takes in at a time.
 * @param {import("prosemirror-model").Slice} slice
 */
export function isTooMuch(slice) {
  let structs = 0;
  let bytes = 0;
  slice.content.descendants((node) => {
    structs += node.isText ? 1 + 2 * node.marks.length : 2 + Object.keys(node.attrs).length;
    bytes += node.isText ? sizeOf(node.text) + sizeOf(JSON.stringify(node.marks)) : 0;
  });
  return structs > STRUCTS_MAX || structs * BYTES_A_STRUCT + bytes > BYTES_MAX;
}

const utf8 = new TextEncoder();
const sizeOf = (text) => utf8.encode(text).length;
