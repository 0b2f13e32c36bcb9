/** A device that lost a piece of what it keeps. */
import { expect, test } from "./world/world.mjs";

const WORDS = ["Ensimmäinen kappale.", "Toinen kappale.", "Kolmas kappale."];

test("Q24 a copy that lost a piece is whole again soon after its document was left", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Palanen poissa", WORDS[0]);
  for (const paragraph of WORDS.slice(1)) {
    await writing.isSent();
    await writing.addParagraph(paragraph);
  }
  await writing.isSent();
  const path = writing.path;
  await marja.page.goto(`${server.address}/manifest.webmanifest`);
  expect(await marja.page.evaluate(losePiece)).toBeGreaterThan(3);

  await marja.read(path);
  const article = marja.page.getByRole("article");
  await marja.sees("Synced");
  await expect(article).not.toContainText(WORDS[2]);
  await expect(async () => {
    await marja.go("Documents");
    await marja.link("Palanen poissa").click({ timeout: 5_000 });
    await expect(article).toContainText(WORDS[2], { timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await expect(article).toContainText(WORDS[1]);
});

/** Runs in the page: takes the second change of the newest record away, and says how many there were. */
async function losePiece() {
  const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith("talkoot-") && !one.name.endsWith("anyone"));
  const request = indexedDB.open(name);
  const database = await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const transaction = database.transaction(["changes", "snapshots"], "readwrite");
  const changes = transaction.objectStore("changes");
  const keys = await new Promise((resolve) => {
    const all = changes.getAllKeys();
    all.onsuccess = () => resolve(all.result.map((key) => new Uint8Array(key)));
  });
  const arrival = (key) => new DataView(key.buffer).getBigUint64(16);
  const newest = keys.reduce((one, other) => (arrival(other) > arrival(one) ? other : one));
  const own = keys.filter((key) => key.slice(0, 16).every((byte, at) => byte === newest[at]));
  changes.delete(own[1]);
  transaction.objectStore("snapshots").clear();
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  return own.length;
}
