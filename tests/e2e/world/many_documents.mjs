/** Thousands of documents or practices, pushed to a server through the conversation that devices use. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const LENGTH_BYTES = 4;
const ANSWER_MS_MAX = 60_000;

/** Signs in and gives the cookie, the account and the projects that it belongs to. */
export async function signIn(server, { email, password }) {
  const answer = await fetch(`${server.address}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: server.address },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`signing in was answered ${answer.status}`);
  const [cookie] = answer.headers.get("set-cookie").split(";");
  return { cookie, ...(await answer.json()) };
}

/** Has an account write this many records into its first project, as one of the generators makes them. */
export async function writeMany(server, who, count, { generator = "many_documents", folder } = {}) {
  const { cookie, account, projects } = await signIn(server, who);
  for (const body of messages(await written({ generator, folder }, count, account, projects[0]))) {
    const pushed = await fetch(`${server.address}/api/sync?as=${account}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", origin: server.address, cookie },
      body,
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    if (!pushed.ok) throw new Error(`a push was answered ${pushed.status}`);
    const said = Buffer.from(await pushed.arrayBuffer()).toString("latin1");
    const refused = /(not_allowed|malformed|foreign_\w+|identity_taken|unknown_\w+|too_large|text_\w+)/.exec(said);
    if (refused) throw new Error(`a record was refused: ${refused[0]}`);
  }
}

/** Runs the generator, from a folder of built ones if there is one, and gives what it wrote. */
async function written({ generator, folder }, count, account, project) {
  const byCargo = ["cargo", "run", "--quiet", "--package", "talkoot-tests", "--example", generator, "--"];
  const [program, ...first] = folder ? [join(folder, generator)] : byCargo;
  const words = [...first, count, account, project];
  const running = spawn(program, words.map(String), { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  const chunks = [];
  running.stdout.on("data", (chunk) => chunks.push(chunk));
  const [code] = await once(running, "close");
  if (code !== 0) throw new Error("the records could not be made");
  return Buffer.concat(chunks);
}

/** Cuts the bytes into messages, each behind its length. */
function* messages(bytes) {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    at += LENGTH_BYTES;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
