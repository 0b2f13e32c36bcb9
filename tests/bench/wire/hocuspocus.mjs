/** The framing of hocuspocus: the document's name stands before every message. */
import * as encoding from "lib0/encoding";
import * as decoding from "lib0/decoding";

const SYNC = 0;
const AUTH = 2;
const SYNC_REPLY = 4;
const SYNC_STATUS = 8;
const TOKEN = 0;
const STEPS = ["step1", "step2", "update"];

/** The messages that open a conversation before its first step. */
export const opening = (document) => [
  encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, TOKEN);
    encoding.writeVarString(encoder, "");
  }),
];

/** Makes a message of the sync protocol. */
export function message(document, step, bytes) {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, STEPS.indexOf(step));
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

/** Reads a message: which step it is, and what it carries. */
export function read(received) {
  // The names of documents here are shorter than 128 bytes.
  const at = 1 + received[0];
  const type = received[at];
  if (type === SYNC_STATUS) return { step: "acknowledged" };
  if (type !== SYNC && type !== SYNC_REPLY) return { step: "other" };
  const decoder = decoding.createDecoder(received.subarray(at + 2));
  return { step: STEPS[received[at + 1]], bytes: decoding.readVarUint8Array(decoder) };
}
