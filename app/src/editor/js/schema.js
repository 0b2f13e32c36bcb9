// The rich-text schema: which nodes and marks a text may hold.
//
// The same names are read by the Rust side; a name, once released, never changes.
// Containers ask for *some* block, never for a certain one in a certain place:
// two edits that did not know each other may leave any block anywhere, and the
// binding throws away what the schema refuses. No commands and no looks here.

import { Schema } from "prosemirror-model";
import { tableNodes } from "prosemirror-tables";
import { cleanHref } from "./href.js";

/** The deepest heading; pasted h5 and h6 come down to it. */
export const HEADING_LEVEL_MAX = 4;

const TABLE_SPAN_MAX = 100;

const isCount = (value, from, to) => Number.isInteger(value) && value >= from && value <= to;

/**
 * What each attribute may hold, and what stands in for anything else.
 * @type {Record<string, { fits: (value: unknown) => boolean, instead: unknown }>}
 */
export const ATTRIBUTES = {
  level: { fits: (value) => isCount(value, 1, HEADING_LEVEL_MAX), instead: HEADING_LEVEL_MAX },
  start: { fits: (value) => isCount(value, 0, 999_999_999), instead: 1 },
  checked: { fits: (value) => typeof value === "boolean", instead: false },
  colspan: { fits: (value) => isCount(value, 1, TABLE_SPAN_MAX), instead: 1 },
  rowspan: { fits: (value) => isCount(value, 1, TABLE_SPAN_MAX), instead: 1 },
  colwidth: {
    fits: (value) => value === null || (Array.isArray(value) && value.every(Number.isInteger)),
    instead: null,
  },
  href: { fits: (value) => typeof value === "string", instead: "" },
};

const headingTags = [1, 2, 3, 4, 5, 6].map((level) => ({
  tag: `h${level}`,
  attrs: { level: Math.min(level, HEADING_LEVEL_MAX) },
}));

const table = tableNodes({ tableGroup: "block", cellContent: "block+", cellAttributes: {} });

const lists = {
  bullet_list: {
    content: "list_item+",
    group: "block",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  numbered_list: {
    content: "list_item+",
    group: "block",
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Number(dom.getAttribute("start") ?? 1) }) }],
    toDOM: (node) => ["ol", node.attrs.start === 1 ? {} : { start: node.attrs.start }, 0],
  },
  list_item: { content: "block+", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
  check_list: {
    content: "check_item+",
    group: "block",
    parseDOM: [{ tag: "ul[data-check-list]", priority: 60 }],
    toDOM: () => ["ul", { "data-check-list": "", class: "checks" }, 0],
  },
  check_item: {
    content: "block+",
    defining: true,
    attrs: { checked: { default: false } },
    parseDOM: [
      {
        tag: "li[data-checked]",
        priority: 60,
        getAttrs: (dom) => ({ checked: dom.getAttribute("data-checked") === "true" }),
      },
    ],
    toDOM: (node) => ["li", { "data-checked": String(node.attrs.checked) }, 0],
  },
};

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    content: "inline*",
    group: "block",
    parseDOM: [{ tag: "p" }],
    toDOM: () => ["p", 0],
  },
  heading: {
    content: "inline*",
    group: "block",
    defining: true,
    attrs: { level: { default: 1 } },
    parseDOM: headingTags,
    toDOM: (node) => [`h${node.attrs.level}`, 0],
  },
  ...lists,
  quote: {
    content: "block+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  ...table,
  table: {
    ...table.table,
    selectable: false,
    toDOM: () => ["div", { class: "tablewrap" }, ["table", ["tbody", 0]]],
  },
  table_row: { ...table.table_row, selectable: false },
  rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  line_break: {
    inline: true,
    group: "inline",
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },
  text: { group: "inline" },
};

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [
      {
        tag: "a[href]",
        getAttrs: (dom) => {
          const href = cleanHref(dom.getAttribute("href"));
          return href === null ? false : { href };
        },
      },
    ],
    toDOM: (mark) => {
      const href = cleanHref(mark.attrs.href);
      return ["a", href === null ? {} : { href, rel: "noopener noreferrer nofollow" }, 0];
    },
  },
  bold: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  italic: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  strike: { parseDOM: [{ tag: "s" }, { tag: "del" }, { tag: "strike" }], toDOM: () => ["s", 0] },
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

/** The one schema of every text in Talkoot. */
export const schema = new Schema({ nodes, marks });
