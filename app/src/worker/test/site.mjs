/**
 * A bundle and a server that can do nothing but serve it: what the service worker
 * needs to be tried for real, and nothing of the app or its server.
 */
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const KINDS = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
/** As strict as the real server: a page that needs more is wrong. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'";

export class Site {
  /** Copies a bundle, so that it can be changed under a running browser. */
  static async of(dist) {
    const folder = await mkdtemp(join(tmpdir(), "talkoot-site-"));
    await cp(dist, folder, { recursive: true });
    const site = new Site(folder);
    await site.open(0);
    return site;
  }

  constructor(folder) {
    this.folder = folder;
  }

  get address() {
    return `http://localhost:${this.port}`;
  }

  async open(port = this.port) {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise((opened) => this.server.listen(port, opened));
    this.port = this.server.address().port;
  }

  /** Ends the server, connections and all: the network is gone. */
  async close() {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  async remove() {
    await this.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async answer(request, response) {
    const path = new URL(request.url, "http://site").pathname;
    let file = join(this.folder, path);
    if (!existsSync(file) || statSync(file).isDirectory()) {
      if (/^\/(assets|api)\//.test(path)) return response.writeHead(404).end("missing");
      file = join(this.folder, "index.html");
    }
    const kept = path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-store";
    response.setHeader("cache-control", kept);
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("content-type", KINDS[extname(file)] ?? "text/plain");
    response.end(await readFile(file));
  }

  async build() {
    return /data-build="([0-9a-f]+)"/.exec(await this.text("index.html"))[1];
  }

  /** Makes the same files a newer build, named `name`; `damage` breaks one that it names. */
  async publish(name, { damage = false } = {}) {
    const [page, worker] = [await this.text("index.html"), await this.text("service_worker.js")];
    const newer = page.replaceAll(await this.build(), name);
    const hash = damage ? "0".repeat(64) : sha256(newer);
    const list = worker.replaceAll(await this.build(), name).replace(sha256(page), hash);
    await writeFile(join(this.folder, "index.html"), newer);
    await writeFile(join(this.folder, "service_worker.js"), list);
  }

  text(name) {
    return readFile(join(this.folder, name), "utf8");
  }
}

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
