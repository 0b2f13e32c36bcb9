/**
 * One client of one document, the same for every server; only the framing differs.
 *
 * It greets as a Yjs provider does (step 1, and step 2 as the answer to the server's
 * step 1), keeps no document, and notes which clocks it has heard.
 */
import { frame, Socket } from "./socket.mjs";
import { Heard, NO_CLOCKS, NO_UPDATE } from "./update.mjs";

export class Client {
  /** Connects and sends its first step. */
  static async connect(server, document, facts) {
    const client = Client.prepare(server, document, facts);
    await client.greet();
    return client;
  }

  /**
   * Makes a client that has not said anything yet.
   *
   * `answer(vector)`: what the server is told when it asks what is missing there.
   * `clocks`, `known`: what this client holds already, as a state vector and as an update.
   * `onUpdate(update)`: called for everything that comes.
   * `onFresh(client, from, until)`: called for clocks not heard before.
   */
  static prepare(server, document, facts = {}) {
    return new Client(server, document, facts);
  }

  constructor(server, document, { answer = () => NO_UPDATE, clocks = NO_CLOCKS, known = NO_UPDATE, onUpdate, onFresh }) {
    this.framing = server.framing;
    Object.assign(this, { document, answer, clocks, onUpdate, onFresh });
    this.heard = new Heard();
    this.heard.note(known);
    this.acknowledged = 0;
    this.copies = [];
    this.synced = new Promise((synced) => (this.tellSynced = synced));
    this.socket = new Socket(server.port, server.path(document), (message) => this.take(message));
  }

  async greet() {
    await this.socket.shakeHands();
    for (const message of this.framing.opening(this.document)) this.socket.send(message);
    this.say("step1", this.clocks);
  }

  /** Sends a message of the sync protocol. */
  say(step, bytes) {
    this.socket.send(this.framing.message(this.document, step, bytes));
  }

  /** Makes the frame of an update without sending it. */
  frameOf(update) {
    return frame(this.framing.message(this.document, "update", update));
  }

  leave() {
    return this.socket.leave();
  }

  take(message) {
    const { step, bytes } = this.framing.read(message);
    if (step === "step1") {
      this.say("step2", this.answer(bytes));
    } else if (step === "acknowledged") {
      this.acknowledged += 1;
    } else if (step !== "other") {
      this.onUpdate?.(bytes);
      if (bytes.length > NO_UPDATE.length) this.copies.push(bytes.length);
      this.heard.note(bytes, this.onFresh);
      if (step === "step2") this.tellSynced(this.heard.total);
    }
  }
}
