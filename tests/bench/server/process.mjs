/** A server as the system sees it: started on its own processor, weighed, ended. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:net";

import { SERVER_CORE, pinned } from "./cores.mjs";

const PAGE_BYTES = 4096;
const TICKS_PER_SECOND = 100;
const START_MS_MAX = 20_000;
const END_MS_MAX = 20_000;

export class Process {
  /** Starts a program and waits until it says that it is ready. */
  static async start(words, { ready, env = {} }) {
    const [program, ...rest] = pinned(SERVER_CORE, words);
    const one = new Process(spawn(program, rest, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] }));
    await one.says(ready);
    return one;
  }

  constructor(child) {
    this.child = child;
    this.said = "";
    this.gone = once(child, "exit");
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes) => {
        // Enough to tell why it did not start; some servers never stop talking.
        if (this.said.length < 10_000) this.said += bytes;
      });
    }
  }

  says(ready) {
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`not ready in time:\n${this.said}`)), START_MS_MAX);
      const look = () => {
        if (!ready.test(this.said)) return;
        clearTimeout(timer);
        this.child.stdout.off("data", look);
        this.child.stderr.off("data", look);
        done();
      };
      this.child.stdout.on("data", look);
      this.child.stderr.on("data", look);
      this.gone.then(() => {
        clearTimeout(timer);
        failed(new Error(`it ended before it was ready:\n${this.said}`));
      });
    });
  }

  /** How long it has computed, in seconds, user and system together. */
  async cpu() {
    const { pid } = this.child;
    const threads = await readdir(`/proc/${pid}/task`);
    const times = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8"));
    const living = (await Promise.all(times)).reduce((sum, text) => sum + Number(text.split(" ")[0]) / 1e9, 0);
    // Threads that have ended count in `stat` alone, which knows hundredths only.
    return Math.max(living, (await this.ticks()) / TICKS_PER_SECOND);
  }

  async ticks() {
    const stat = await readFile(`/proc/${this.child.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(fields[11]) + Number(fields[12]);
  }

  /** What it holds of the memory, in bytes. */
  async memory() {
    const statm = await readFile(`/proc/${this.child.pid}/statm`, "utf8");
    return Number(statm.split(" ")[1]) * PAGE_BYTES;
  }

  /** Ends it, politely or as a power cut would, and waits until it is gone. */
  async end(signal) {
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill("SIGKILL"), END_MS_MAX);
    await this.gone;
    clearTimeout(timer);
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
