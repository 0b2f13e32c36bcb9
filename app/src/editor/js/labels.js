// The words the editor asks the page for. It has none of its own.

/** Every key that `mount({ labels })` must carry, in the order a translator meets them. */
export const LABELS = [
  "toolbar",
  "block_style",
  "paragraph",
  "heading_1",
  "heading_2",
  "heading_3",
  "heading_4",
  "quote",
  "bold",
  "italic",
  "underline",
  "strike",
  "code",
  "bullet_list",
  "numbered_list",
  "check_list",
  "check_item",
  "link",
  "link_address",
  "link_invalid",
  "link_save",
  "link_remove",
  "cancel",
  "table",
  "row_add",
  "column_add",
  "row_remove",
  "column_remove",
  "header_row",
  "table_remove",
  "rule",
  "undo",
  "redo",
];

/**
 * Returns a lookup that shows the key itself where a label is missing, so that the gap is seen.
 * @param {Record<string, string>} labels
 * @returns {(key: string) => string}
 */
export function speaking(labels = {}) {
  return (key) => labels[key] ?? key;
}
