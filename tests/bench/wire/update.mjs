/**
 * Yjs V1 updates, written and walked by hand.
 *
 * What is written: a paragraph of one's own in the field "body", and single characters
 * typed at its end, which is what a keystroke sends. What is walked: enough of any
 * update to know which clocks of which Yjs clients it brings.
 */
import * as encoding from "lib0/encoding";

const FIELD = "body";
const LETTERS = "talkoot on yhdessä tehtyä työtä ".replace(/[^a-z ]/g, "a");

/** Nothing at all, as an update and as a state vector. */
export const NO_UPDATE = Uint8Array.of(0, 0);
export const NO_CLOCKS = Uint8Array.of(0);

/** How many clocks a paragraph takes before its first character. */
export const PARAGRAPH_CLOCKS = 2;

/** Makes a paragraph with these words in it. */
export function paragraph(client, words = "") {
  return encoding.encode((encoder) => {
    const structs = words === "" ? 2 : 3;
    for (const number of [1, structs, client, 0]) encoding.writeVarUint(encoder, number);
    // The element, directly in the field.
    encoding.writeUint8(encoder, 7);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, FIELD);
    encoding.writeVarUint(encoder, 3);
    encoding.writeVarString(encoder, "paragraph");
    // Its text.
    encoding.writeUint8(encoder, 7);
    for (const number of [0, client, 0, 6]) encoding.writeVarUint(encoder, number);
    if (words !== "") {
      encoding.writeUint8(encoder, 4);
      for (const number of [0, client, 1]) encoding.writeVarUint(encoder, number);
      encoding.writeVarString(encoder, words);
    }
    encoding.writeVarUint(encoder, 0);
  });
}

/** Makes the update of one character typed behind the client's last one. */
export function keystroke(client, clock) {
  return encoding.encode((encoder) => {
    for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
    if (clock === PARAGRAPH_CLOCKS) {
      encoding.writeUint8(encoder, 4);
      for (const number of [0, client, 1]) encoding.writeVarUint(encoder, number);
    } else {
      encoding.writeUint8(encoder, 0x84);
      for (const number of [client, clock - 1]) encoding.writeVarUint(encoder, number);
    }
    encoding.writeVarString(encoder, LETTERS[clock % LETTERS.length]);
    encoding.writeVarUint(encoder, 0);
  });
}

let bytes = NO_UPDATE;
let at = 0;

/** Calls `visit(client, from, until)` for every run of clocks that an update brings. */
export function walk(update, visit) {
  bytes = update;
  at = 0;
  for (let clients = number(); clients > 0; clients -= 1) {
    let structs = number();
    const client = number();
    const from = number();
    let clock = from;
    let begun = from;
    for (; structs > 0; structs -= 1) {
      const info = bytes[at];
      const length = struct();
      if ((info & 31) === 10) {
        if (clock > begun) visit(client, begun, clock);
        begun = clock + length;
      }
      clock += length;
    }
    if (clock > begun) visit(client, begun, clock);
  }
}

function number() {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
}

function skipString() {
  const length = number();
  at += length;
}

/** Passes over a struct and gives how many clocks it takes. */
function struct() {
  const info = bytes[at];
  at += 1;
  const content = info & 31;
  if (content === 0 || content === 10) return number();
  if (info & 0x80) skipId();
  if (info & 0x40) skipId();
  if ((info & 0xc0) === 0) {
    if (number() === 1) skipString();
    else skipId();
    if (info & 0x20) skipString();
  }
  return contentLength(content);
}

function skipId() {
  number();
  number();
}

function contentLength(content) {
  if (content === 1) return number();
  if (content === 4) return stringLength();
  if (content === 7) {
    const kind = number();
    if (kind === 3 || kind === 5) skipString();
    return 1;
  }
  throw new Error(`content of kind ${content} is not what these measurements write`);
}

/** Passes over a string and gives how many UTF-16 units it has. */
function stringLength() {
  const end = number() + at;
  let units = 0;
  for (; at < end; at += 1) {
    const byte = bytes[at];
    if (byte < 0x80 || byte >= 0xc0) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** What one client has heard: for each Yjs client, the clock up to which it is whole. */
export class Heard {
  constructor() {
    this.clocks = new Map();
    this.total = 0;
  }

  /** Notes an update and calls `fresh(client, from, until)` for what was new in it. */
  note(update, fresh) {
    walk(update, (client, from, until) => {
      const known = this.clocks.get(client) ?? 0;
      if (from > known) throw new Error(`client ${client} is known up to ${known}, ${from} came`);
      if (until <= known) return;
      this.clocks.set(client, until);
      this.total += until - known;
      fresh?.(client, known, until);
    });
  }
}
