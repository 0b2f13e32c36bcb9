/**
 * The real program: its data folders, its command line, and one server process.
 * Being offline is this process being stopped; nothing here pretends.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect } from "@playwright/test";

const run = promisify(execFile);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Where the release program is. */
export const PROGRAM = process.env.TALKOOT_BIN ?? here("../../../target/release/talkoot");

/** The accounts of the example programme, by key. */
export const ACCOUNTS = Object.fromEntries(
  JSON.parse(await readFile(here("../../../public/demo/accounts.json"), "utf8")).map((one) => [one.key, one]),
);

/** Makes a folder that is gone when the test is. */
export const folder = (what) => mkdtemp(join(tmpdir(), `talkoot-${what}-`));

/** Removes a folder and all that is in it, also while a browser lets go of its last file. */
export const discard = (path) => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

/** Runs the program to its end and gives what it printed. */
export async function command(...words) {
  const { stdout } = await run(PROGRAM, words);
  return stdout;
}

/** Runs the program with a password on its standard input. */
export async function commandWithPassword(password, ...words) {
  const running = run(PROGRAM, [...words, "--password-stdin"]);
  running.child.stdin.end(`${password}\n`);
  return (await running).stdout;
}

/** Fills a new data folder with the example programme. */
export async function exampleData() {
  const data = await folder("example");
  await command("demo", "--data", data);
  return data;
}

/** A workspace with people and nothing else. */
export async function emptyData(accounts) {
  const data = await folder("empty");
  for (const { email, name, role, password } of accounts) {
    await commandWithPassword(password, "user", "add", email, "--name", name, "--role", role, "--data", data);
  }
  return data;
}

/** One server on one loopback port; it keeps its address while it comes and goes. */
export class Server {
  static async over(template) {
    const data = await folder("data");
    await cp(template, data, { recursive: true });
    return new Server(data, await freePort());
  }

  constructor(data, port) {
    this.data = data;
    this.port = port;
    this.address = `http://127.0.0.1:${port}`;
    this.said = "";
    /** More words for the command line, from the next start on. */
    this.options = [];
    /** More of the surroundings, by name, from the next start on. */
    this.surroundings = {};
  }

  async start() {
    const words = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.data, ...this.options];
    this.process = spawn(PROGRAM, words, { env: { ...process.env, ...this.surroundings } });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on("data", (bytes) => (this.said += bytes));
    }
    const child = this.process;
    await expect.poll(() => healthy(this.address) || child.exitCode !== null, { intervals: [20], timeout: 20_000 }).toBe(true);
    if (child.exitCode !== null) throw new Error(`the server did not start:\n${this.said}`);
  }

  /** Ends the process the polite way. */
  stop() {
    return this.end("SIGTERM");
  }

  /** Ends the process as a power cut would. */
  kill() {
    return this.end("SIGKILL");
  }

  async end(signal) {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  /** Runs an administrator's command on this server's data. */
  user(...words) {
    return command("user", ...words, "--data", this.data);
  }

  async remove() {
    await this.end("SIGKILL");
    await discard(this.data);
  }
}

async function healthy(address) {
  try {
    const answer = await fetch(`${address}/api/health`);
    return answer.ok;
  } catch {
    return false;
  }
}

/** A port nobody listens on, below those that outgoing connections are given. */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const free = await new Promise((answer) => {
      probe.once("error", () => answer(false));
      probe.listen(port, "127.0.0.1", () => answer(true));
    });
    await new Promise((closed) => probe.close(closed));
    if (free) return port;
  }
}
