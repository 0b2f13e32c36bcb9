/**
 * People who type as fast as the server lets them: a writer and a reader on each document,
 * with a bounded number of updates under way. The keystrokes are framed beforehand.
 */
import { Client } from "../wire/client.mjs";
import { frame } from "../wire/socket.mjs";
import { PARAGRAPH_CLOCKS, keystroke, paragraph } from "../wire/update.mjs";

/** Most updates of one writer that its reader has not received yet. */
export const WINDOW = 256;

/** One writer and one reader of one document. */
export class Typist {
  static async begin(server, document, client, keystrokes) {
    const typist = new Typist(server, document, client, keystrokes);
    typist.writer = await Client.connect(server, document);
    await typist.writer.synced;
    typist.writer.say("update", paragraph(client));
    typist.reader = await Client.connect(server, document, { onFresh: () => typist.more() });
    await typist.reader.synced;
    return typist;
  }

  constructor(server, document, client, keystrokes) {
    this.client = client;
    this.document = document;
    this.sent = 0;
    this.typing = false;
    this.ends = new Uint32Array(keystrokes);
    const frames = [];
    let end = 0;
    for (let key = 0; key < keystrokes; key += 1) {
      const update = keystroke(client, PARAGRAPH_CLOCKS + key);
      const bytes = frame(server.framing.message(document, "update", update));
      end += bytes.length;
      this.ends[key] = end;
      frames.push(bytes);
    }
    this.frames = Buffer.concat(frames);
  }

  /** How many keystrokes the reader has received. */
  get received() {
    return Math.max(0, (this.reader.heard.clocks.get(this.client) ?? 0) - PARAGRAPH_CLOCKS);
  }

  /** Whether everything prepared has been sent: then nothing can be measured any more. */
  get exhausted() {
    return this.sent === this.ends.length;
  }

  type() {
    this.typing = true;
    this.more();
  }

  stop() {
    this.typing = false;
  }

  /** Fills the window again when half of it is free. */
  more() {
    if (!this.typing) return;
    const until = Math.min(this.received + WINDOW, this.ends.length);
    if (until - this.sent < WINDOW / 2) return;
    const from = this.sent === 0 ? 0 : this.ends[this.sent - 1];
    this.writer.socket.sendFrames(this.frames.subarray(from, this.ends[until - 1]));
    this.sent = until;
  }

  async leave() {
    await Promise.all([this.writer.leave(), this.reader.leave()]);
  }
}

/** Lets a few people type for a moment, so that no server is measured while it is new. */
export async function warmUp(server, keystrokes = 2_000) {
  const typist = await Typist.begin(server, "warm-up", 7, keystrokes);
  typist.type();
  await until(() => typist.received >= keystrokes - WINDOW);
  await typist.leave();
}

/** Waits until something holds, asking every few milliseconds. */
export async function until(holds, ms = 30_000) {
  const end = performance.now() + ms;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${ms} ms in vain for ${holds}`);
    await pause(2);
  }
}

/** Lets time pass. */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
