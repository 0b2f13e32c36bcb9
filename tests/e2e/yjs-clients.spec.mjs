/** Two standard Yjs clients, npm's own y-websocket provider, and the app's editor at one document. */
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

import { ACCOUNTS } from "./world/talkoot.mjs";
import { expect, test } from "./world/world.mjs";

/** Signs in as a program does, without a browser. */
async function signIn(server, { email, password }) {
  const headers = { "Content-Type": "application/json", Origin: server.address };
  const answer = await fetch(`${server.address}/api/session`, { method: "POST", headers, body: JSON.stringify({ email, password }) });
  expect(answer.status).toBe(200);
  return answer.headers.get("set-cookie").split(";")[0];
}

/** Opens a document's text with the provider from npm, signed in or not. */
function open(server, record, cookie) {
  const doc = new Y.Doc();
  const headers = { Origin: server.address, ...(cookie ? { Cookie: cookie } : {}) };
  const Socket = class extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { headers });
    }
  };
  const options = { WebSocketPolyfill: Socket, disableBc: true };
  const provider = new WebsocketProvider(`${server.address.replace("http", "ws")}/yjs`, record, doc, options);
  return {
    doc,
    provider,
    body: doc.getXmlFragment("body"),
    words: () => doc.getXmlFragment("body").toArray().map((block) => block.toString().replace(/<[^>]*>/g, "")),
    names: () => [...provider.awareness.getStates().values()].map((state) => state.user?.name).filter(Boolean),
    isHere: (name) => provider.awareness.setLocalStateField("user", { name, color: 2 }),
    addParagraph(text) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText(text)]);
      this.body.push([paragraph]);
    },
  };
}

test("Q23, Y5, Y6 two standard Yjs clients and the editor converge, see each other, and a reader's words do not spread", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Kolme kirjoittajaa", "Marja aloitti.");
  await writing.isSent();
  const record = /^\/documents\/([0-9a-z]{26})/.exec(writing.path)[1];
  const marjas = await signIn(server, ACCOUNTS["marja-koskela"]);
  const pekkas = await signIn(server, ACCOUNTS["pekka-niskanen"]);
  const [one, other] = [open(server, record, marjas), open(server, record, pekkas)];
  try {
    await expect.poll(() => one.provider.synced && other.provider.synced).toBe(true);
    expect(one.words()).toEqual(["Marja aloitti."]);

    one.isHere("Standard Marja");
    other.isHere("Standard Pekka");
    await expect.poll(() => one.names()).toContain("Standard Pekka");
    await expect.poll(() => one.names()).toContain("Marja Koskela");
    await expect(marja.page.getByRole("group", { name: /Pekka Niskanen/ })).toBeVisible();

    one.addParagraph("Yksi lisäsi.");
    other.addParagraph("Toinen lisäsi.");
    await writing.hasOnce("Yksi lisäsi.", "Toinen lisäsi.");
    await writing.addTo("Marja aloitti.", " Marja jatkoi.");
    await expect.poll(() => one.words().join("\n")).toContain("Marja jatkoi.");
    await expect.poll(() => other.words()).toEqual(one.words());
    await writing.has(one.words().join("\n"));

    await server.user("set-role", ACCOUNTS["pekka-niskanen"].email, "reader");
    await expect.poll(() => other.provider.wsconnected, { timeout: 15_000 }).toBe(true);
    const reader = open(server, record, pekkas);
    await expect.poll(() => reader.provider.synced).toBe(true);
    reader.addParagraph("Tätä ei saa näkyä.");
    one.addParagraph("Viimeinen.");
    await writing.hasOnce("Viimeinen.");
    await expect.poll(() => reader.words()).toContain("Viimeinen.");
    expect(one.words()).not.toContain("Tätä ei saa näkyä.");
    expect(await writing.text()).not.toContain("Tätä ei saa näkyä.");
    reader.provider.destroy();
  } finally {
    one.provider.destroy();
    other.provider.destroy();
  }
});
