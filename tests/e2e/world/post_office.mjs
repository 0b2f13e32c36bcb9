/**
 * A mail server that is not ours, on the loopback, and the passing of a day for what is noted of
 * mail: the server's clock is the machine's, so what it noted is set a day back instead.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
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

const ON_THIS_MACHINE = "subjectAltName=IP:127.0.0.1";

/** Makes a certificate of this machine's; who trusts its file vouches for it. */
export async function certificate(folder) {
  const [key, file] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const what = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=post office"];
  await run("openssl", ["req", ...what, "-addext", ON_THIS_MACHINE, "-addext", "basicConstraints=critical,CA:FALSE", "-keyout", key, "-out", file]);
  return { file, key: await readFile(key), cert: await readFile(file) };
}

export class PostOffice {
  /** Opens one whose line is locked from the start, or once the other side asks for it. */
  static async open({ key, cert }, { isLocked }) {
    const office = new PostOffice();
    office.isLocked = isLocked;
    const onData = (stream, session, done) => office.take(stream, session, done);
    office.server = new SMTPServer({ secure: isLocked, key, cert, authOptional: true, disableReverseLookup: true, onData });
    // A line that breaks while it is being locked is what one test is about.
    office.server.on("error", () => {});
    office.server.listen(0, "127.0.0.1");
    await once(office.server.server, "listening");
    return office;
  }

  mails = [];

  get address() {
    const host = `127.0.0.1:${this.server.server.address().port}`;
    return this.isLocked ? `smtps://${host}` : `smtp://${host}?tls=required`;
  }

  async take(stream, session, done) {
    let text = "";
    for await (const bytes of stream) text += bytes;
    this.mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), isSecure: session.secure, text: unfolded(text) });
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
