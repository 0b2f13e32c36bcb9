/**
 * A mail server that is not ours, on the loopback, and the passing of a day for what is noted of
 * mail: the server's clock is the machine's, so what it noted is set a day back instead.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";

import { SMTPServer } from "smtp-server";

const run = promisify(execFile);
const A_DAY_BACK = `
import sqlite3, sys
noted = sqlite3.connect(sys.argv[1])
noted.execute("UPDATE digest SET period = period - 1, retry_ms = 0")
noted.commit()
`;

export class PostOffice {
  /** Opens one. Locked, its certificate is one that nobody vouches for. */
  static async open({ locked = false } = {}) {
    const office = new PostOffice();
    office.scheme = locked ? "smtps" : "smtp";
    office.server = new SMTPServer({ secure: locked, authOptional: true, onData: (stream, session, done) => office.take(stream, session, done) });
    // A line that breaks while it is being locked is what one test is about.
    office.server.on("error", () => {});
    office.server.listen(0, "127.0.0.1");
    await once(office.server.server, "listening");
    return office;
  }

  mails = [];

  get address() {
    return `${this.scheme}://127.0.0.1:${this.server.server.address().port}`;
  }

  async take(stream, session, done) {
    let text = "";
    for await (const bytes of stream) text += bytes;
    this.mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: unfolded(text) });
    done();
  }

  close() {
    return new Promise((closed) => this.server.close(closed));
  }
}

/** Long lines are broken on their way, in the head and in what is said. */
const unfolded = (text) => text.replaceAll("=\r\n", "").replaceAll(/\r\n[ \t]/g, " ").replaceAll("=3D", "=");

/** Lets a day pass for mail, while the server is stopped. */
export const aDayPasses = (data) => run("python3", ["-c", A_DAY_BACK, join(data, "talkoot.db")]);
