/**
 * The client's side of a WebSocket, by hand, so that the load costs little to make.
 *
 * Frames are made before the clock starts and leave in one write; their mask is zero,
 * which the server still has to apply. No extension is offered, so nobody compresses.
 */
import { randomBytes } from "node:crypto";
import { connect } from "node:net";

const FINAL = 0x80;
const OPCODE = 0x0f;
const CONTINUATION = 0;
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const MASKED = 0x80;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;
const ACCEPTED = "HTTP/1.1 101";
const NOTHING = Buffer.alloc(0);

/** Puts a frame around a message. */
export function frame(message, opcode = BINARY) {
  const { length } = message;
  const head = length < TWO_BYTES ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.alloc(head + 4 + length);
  bytes[0] = FINAL | opcode;
  if (head === 2) {
    bytes[1] = MASKED | length;
  } else if (head === 4) {
    bytes[1] = MASKED | TWO_BYTES;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = MASKED | EIGHT_BYTES;
    bytes.writeBigUInt64BE(BigInt(length), 2);
  }
  bytes.set(message, head + 4);
  return bytes;
}

/** One connection. `onMessage` gets bytes that are only its own during the call. */
export class Socket {
  constructor(port, path, onMessage) {
    this.port = port;
    this.path = path;
    this.onMessage = onMessage;
    this.bytesIn = 0;
    this.rest = NOTHING;
    this.parts = [];
    this.tcp = connect({ host: "127.0.0.1", port, noDelay: true });
    this.closed = new Promise((closed) => this.tcp.once("close", closed));
    // A server that is killed resets its connections; `closed` tells.
    this.tcp.on("error", () => {});
  }

  /** Asks for the WebSocket; done when the server has agreed. */
  shakeHands() {
    const { port, path } = this;
    return new Promise((done, failed) => {
      this.closed.then(() => failed(new Error(`no WebSocket at ${path}`)));
      let said = NOTHING;
      const listen = (bytes) => {
        said = Buffer.concat([said, bytes]);
        const end = said.indexOf("\r\n\r\n");
        if (end < 0) return;
        this.tcp.off("data", listen);
        if (!said.toString("latin1").startsWith(ACCEPTED)) {
          failed(new Error(`${path} was answered ${said.toString("latin1", 0, 40)}`));
          return;
        }
        this.tcp.on("data", (more) => this.take(more));
        done();
        if (said.length > end + 4) this.take(said.subarray(end + 4));
      };
      this.tcp.on("data", listen);
      const key = randomBytes(16).toString("base64");
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        `Origin: http://127.0.0.1:${port}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        `Sec-WebSocket-Key: ${key}`,
      ];
      this.tcp.write(`${lines.join("\r\n")}\r\n\r\n`);
    });
  }

  /** Sends one message. */
  send(message) {
    this.tcp.write(frame(message));
  }

  /** Sends frames that were made before. */
  sendFrames(bytes) {
    this.tcp.write(bytes);
  }

  /** Leaves, and waits until the other side has noticed. */
  async leave() {
    if (!this.tcp.destroyed) this.tcp.end(frame(Buffer.from([3, 232]), CLOSE));
    await this.closed;
  }

  take(bytes) {
    this.bytesIn += bytes.length;
    const all = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    let at = 0;
    for (;;) {
      const next = this.takeFrame(all, at);
      if (next === 0) break;
      at = next;
    }
    this.rest = at === all.length ? NOTHING : all.subarray(at);
  }

  /** Takes the frame at a place and gives where the next begins; 0 while it is not whole. */
  takeFrame(all, start) {
    if (all.length < start + 2) return 0;
    let at = start + 2;
    let length = all[start + 1] & 0x7f;
    if (length === TWO_BYTES) {
      if (all.length < at + 2) return 0;
      length = all.readUInt16BE(at);
      at += 2;
    } else if (length === EIGHT_BYTES) {
      if (all.length < at + 8) return 0;
      length = Number(all.readBigUInt64BE(at));
      at += 8;
    }
    if (all.length < at + length) return 0;
    this.act(all[start], all.subarray(at, at + length));
    return at + length;
  }

  act(first, content) {
    const opcode = first & OPCODE;
    if (opcode === PING) {
      this.tcp.write(frame(content, PONG));
    } else if (opcode === CLOSE) {
      this.tcp.end();
    } else if (opcode === BINARY && first & FINAL) {
      this.onMessage(content);
    } else if (opcode === BINARY || opcode === CONTINUATION) {
      this.parts.push(Buffer.from(content));
      if (first & FINAL) this.onMessage(Buffer.concat(this.parts.splice(0)));
    }
  }
}
