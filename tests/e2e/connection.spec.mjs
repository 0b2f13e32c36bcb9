/** Lines that are bad in their own ways: a network that lets no socket through, a disk that takes nothing. */
import { expect, test } from "./world/world.mjs";

/** What a page may tell a server in the time that a full disk lasts here, if each wait is longer. */
const WORDS_MAX = 30;

/** Runs in the page: while `diskIsFull`, nothing is stored. */
const DISK = () => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...given) {
    if (globalThis.diskIsFull) throw new DOMException("the disk is full", "QuotaExceededError");
    return put.apply(this, given);
  };
};

test("N17 a device that speaks by plain HTTP goes over to a socket as soon as one opens", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  let blocked = true;
  let opened = 0;
  let asked = 0;
  await marja.page.routeWebSocket(/\/api\/socket/, (socket) => {
    if (blocked) return socket.close();
    opened += 1;
    socket.connectToServer();
  });
  marja.page.on("request", (request) => {
    if (request.url().includes("/api/sync")) asked += 1;
  });
  await marja.page.reload();
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(0);
  const writing = await pekka.begin("Postia", "Ensin hitaasti.");
  await writing.isSent();
  await marja.go("Documents");
  await expect(marja.link("Postia")).toBeVisible({ timeout: 30_000 });
  expect(opened).toBe(0);

  blocked = false;
  await expect.poll(() => opened, { timeout: 60_000 }).toBe(1);
  await marja.sees("Synced");
  const before = asked;
  await writing.rename("Postia heti");
  await expect(marja.link("Postia heti")).toBeVisible();
  expect(asked, "nothing is asked by plain HTTP any more").toBe(before);
});

test("N12, N13 a browser whose disk takes nothing for a while does not go round, and misses nothing", async ({ meet }) => {
  const marja = await meet("marja-koskela", { profile: { scripts: [DISK] } });
  const pekka = await meet("pekka-niskanen");
  let said = 0;
  marja.page.on("websocket", (socket) => socket.on("framesent", () => (said += 1)));
  await marja.page.reload();
  await marja.go("Documents");
  await marja.sees("Synced");
  await marja.page.evaluate(() => (globalThis.diskIsFull = true));
  const before = said;
  for (const title of ["Ensimmäinen kirje", "Toinen kirje", "Kolmas kirje"]) {
    await (await pekka.begin(title, `${title}: teksti.`)).isSent();
  }
  await expect.poll(() => said).toBeGreaterThan(before);
  await expect(marja.link("Kolmas kirje")).toHaveCount(0);
  expect(said - before, "words to the server while the disk takes nothing").toBeLessThan(WORDS_MAX);

  await marja.page.evaluate(() => (globalThis.diskIsFull = false));
  for (const title of ["Ensimmäinen kirje", "Toinen kirje", "Kolmas kirje"]) {
    await expect(marja.link(title)).toBeVisible({ timeout: 40_000 });
  }
  await marja.sees("Synced");
  await marja.page.reload();
  await expect(marja.link("Kolmas kirje")).toBeVisible();
});
