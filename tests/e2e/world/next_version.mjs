/**
 * A door in front of the server behind which a newer build can appear.
 * The program carries one build inside it, so the next one is this one under
 * another name: page and worker name it, and the list of hashes agrees.
 */
import { createHash } from "node:crypto";
import { createServer, request } from "node:http";
import { connect } from "node:net";

import { freePort } from "./talkoot.mjs";

export class Door {
  static async before(server) {
    const door = new Door(server, await freePort());
    await new Promise((open) => door.http.listen(door.port, "127.0.0.1", open));
    return door;
  }

  constructor(server, port) {
    this.server = server;
    this.port = port;
    this.address = `http://127.0.0.1:${port}`;
    this.next = false;
    this.http = createServer((asked, answer) => this.pass(asked, answer));
    this.http.on("upgrade", (asked, socket, head) => this.join(asked, socket, head));
  }

  /** From now on the next build is served. */
  async release() {
    const [page, worker] = await Promise.all([this.original("/index.html"), this.original("/service_worker.js")]);
    const build = /data-build="([^"]+)"/.exec(page)?.[1];
    if (!build || !worker.includes(build)) throw new Error("page and worker do not name the same build");
    const next = build.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    const nextPage = page.replaceAll(build, next);
    if (!worker.includes(hash(page))) throw new Error("the worker does not know the page by its hash");
    const nextWorker = worker.replaceAll(build, next).replaceAll(hash(page), hash(nextPage));
    this.next = { page: nextPage, worker: nextWorker, build: next };
    return next;
  }

  async original(path) {
    const answer = await fetch(this.server.address + path);
    return answer.text();
  }

  pass(asked, answer) {
    const path = new URL(asked.url, this.address).pathname;
    if (this.next && asked.method === "GET") {
      if (path === "/service_worker.js") return send(answer, "text/javascript", this.next.worker);
      if (path === "/" || path === "/index.html") return send(answer, "text/html", this.next.page);
    }
    const { method, headers, url } = asked;
    const onward = request({ host: "127.0.0.1", port: this.server.port, method, path: url, headers }, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  }

  join(asked, socket, head) {
    const onward = connect(this.server.port, "127.0.0.1", () => {
      const pairs = asked.rawHeaders.map((text, place) => (place % 2 === 0 ? `${text}: ` : `${text}\r\n`));
      onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${pairs.join("")}\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
    socket.on("error", () => onward.destroy());
  }

  close() {
    this.http.closeAllConnections();
    return new Promise((closed) => this.http.close(closed));
  }
}

function send(answer, type, body) {
  answer.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
  answer.end(body);
}

const hash = (text) => createHash("sha256").update(text).digest("hex");
