/** Talkoot alone: what it holds of the memory with 10,000 things and 200 devices that do nothing. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { signIn, writeMany } from "../../e2e/world/many_documents.mjs";
import { Process, freePort } from "../server/process.mjs";
import { example } from "../server/programs.mjs";
import { PROGRAM } from "../server/servers.mjs";
import { pause } from "./typing.mjs";

const THINGS = 10_000;
const DEVICES = 200;
const SETTLE_MS = 2_000;
/** How long the devices may take to read everything and come to rest, and then to leave. */
const REST_MS_MAX = 120_000;
const MEGABYTE = 1_000_000;
const GOAL = { text: "≤ 60", met: (megabytes) => megabytes <= 60 };
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ACCOUNTS = here("../../../public/demo/accounts.json");

/** Builds what it runs. */
export function build() {
  const idleDevices = example("talkoot-server", "idle_devices");
  return { idleDevices, generators: dirname(example("talkoot-tests", "many_documents")) };
}

/** Gives rows of the same form as the engine's figures. */
export async function measure() {
  const { idleDevices, generators } = build();
  const data = await mkdtemp(join(tmpdir(), "talkoot-bench-"));
  execFileSync(PROGRAM, ["demo", "--data", data], { stdio: "ignore" });
  const [who] = JSON.parse(await readFile(ACCOUNTS, "utf8"));
  try {
    const writing = await withServer(data, async (server) => {
      await writeMany(server, who, THINGS, { folder: generators });
      return visited(server, who, idleDevices);
    });
    const restarted = await withServer(data, (server) => visited(server, who, idleDevices));
    const base = `memory with ${THINGS.toLocaleString("en-GB")} things and ${DEVICES} idle devices, MB`;
    return [line(`${base}: after taking the things in`, writing), line(`${base}: after a restart`, restarted)];
  } finally {
    await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

function line(what, bytes) {
  const megabytes = bytes / MEGABYTE;
  return { what, measured: megabytes.toFixed(1), goal: GOAL.text, met: GOAL.met(megabytes) };
}

async function withServer(data, use) {
  const port = await freePort();
  const words = [PROGRAM, "serve", "--listen", `127.0.0.1:${port}`, "--data", data];
  const running = await Process.start(words, { ready: /serves at/ });
  try {
    return await use({ port, running, address: `http://127.0.0.1:${port}` });
  } finally {
    await running.end("SIGTERM");
  }
}

/** The server's memory while the devices are there. */
async function visited(server, who, idleDevices) {
  const { cookie, account } = await signIn(server, who);
  const words = [server.port, cookie, account, DEVICES].map(String);
  const devices = spawn(idleDevices, words, { stdio: ["pipe", "pipe", "inherit"] });
  const timer = setTimeout(() => devices.kill(), REST_MS_MAX);
  try {
    const gone = once(devices, "exit");
    const left = await Promise.race([once(devices.stdout, "data").then(() => false), gone.then(() => true)]);
    if (left) throw new Error("the devices did not come to rest");
    await pause(SETTLE_MS);
    const memory = await server.running.memory();
    devices.stdin.end();
    await gone;
    return memory;
  } finally {
    clearTimeout(timer);
    devices.kill();
  }
}
