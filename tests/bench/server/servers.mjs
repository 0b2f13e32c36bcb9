/** The servers that are compared: how each is started, where it listens, how it frames. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import * as hocuspocus from "../wire/hocuspocus.mjs";
import * as yWebsocket from "../wire/y_websocket.mjs";
import { Process, freePort } from "./process.mjs";
import { server } from "./programs.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Where the release program is. */
export const PROGRAM = server();

/** The one that is ours. */
export const OURS = "talkoot";

const KINDS = {
  hocuspocus: {
    framing: hocuspocus,
    ready: /ready/,
    path: () => "/",
    words: (port, data) => ["node", here("hocuspocus_program.mjs"), String(port), join(data, "documents.sqlite")],
  },
  "y-websocket": {
    framing: yWebsocket,
    ready: /running at/,
    path: (document) => `/${document}`,
    words: () => ["node", here("../node_modules/@y/websocket-server/src/server.js")],
    env: (port, data) => ({ HOST: "127.0.0.1", PORT: String(port), YPERSISTENCE: join(data, "level") }),
  },
  [OURS]: {
    framing: yWebsocket,
    ready: /serves at/,
    path: (document) => `/yjs/${document}`,
    words: (port, data) => [PROGRAM, "serve", "--yjs-playground", "--listen", `127.0.0.1:${port}`, "--data", data],
  },
};

/** Their names, the peers first. */
export const NAMES = Object.keys(KINDS);

/** Says which version of a server is measured. */
export async function version(name) {
  if (name === OURS) return execFileSync(PROGRAM, ["--version"], { encoding: "utf8" }).trim().split(" ").at(-1);
  const package_ = { hocuspocus: "@hocuspocus/server", "y-websocket": "@y/websocket-server" }[name];
  return JSON.parse(await readFile(here(`../node_modules/${package_}/package.json`), "utf8")).version;
}

/** One server with a data folder of its own; it keeps both while it comes and goes. */
export class Server {
  static async begin(name) {
    const server = new Server(name, await mkdtemp(join(tmpdir(), "talkoot-bench-")));
    await server.start();
    return server;
  }

  constructor(name, data) {
    this.name = name;
    this.data = data;
    Object.assign(this, { framing: KINDS[name].framing, path: KINDS[name].path });
  }

  async start() {
    const { words, env, ready } = KINDS[this.name];
    this.port = await freePort();
    this.process = await Process.start(words(this.port, this.data), { ready, env: env?.(this.port, this.data) });
  }

  /** Ends it for good, with all that it stored. */
  async finish() {
    await this.process.end("SIGKILL");
    await rm(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
