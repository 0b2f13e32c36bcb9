/** The framing of y-websocket: a message type, a step, bytes. One document a connection. */
import * as encoding from "lib0/encoding";
import * as decoding from "lib0/decoding";

const SYNC = 0;
const STEPS = ["step1", "step2", "update"];

/** The messages that open a conversation before its first step. */
export const opening = () => [];

/** Makes a message of the sync protocol. */
export function message(_document, step, bytes) {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, STEPS.indexOf(step));
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

/** Reads a message: which step it is, and what it carries. */
export function read(received) {
  if (received[0] !== SYNC) return { step: "other" };
  const decoder = decoding.createDecoder(received.subarray(2));
  return { step: STEPS[received[1]], bytes: decoding.readVarUint8Array(decoder) };
}
