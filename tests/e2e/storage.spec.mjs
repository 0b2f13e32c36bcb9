/** Bad days of a device: no storage, a blocked one, a full one, a damaged one. */
import { readFile } from "node:fs/promises";

import { expect, test } from "./world/world.mjs";

/** What a private window of some browsers does. */
const DENIED = () => {
  IDBFactory.prototype.open = () => {
    throw new DOMException("storage is denied here", "SecurityError");
  };
};

/** Runs in another tab: begins to change the storage and never comes to an end. */
const hold = (name) =>
  new Promise((held) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore("held");
      const spin = () => (store.get(1).onsuccess = spin);
      spin();
      held();
    };
  });

const alert = (person) => person.page.getByRole("alert").filter({ has: person.page.getByRole("heading") });

test("Q11 a browser that gives no storage is told of within seconds", async ({ meet }) => {
  const somebody = await meet("marja-koskela", { signIn: false, profile: { scripts: [DENIED] } });
  await somebody.visit("/sign-in");
  await somebody.fillIn(somebody.account.email, somebody.account.password);
  await expect(alert(somebody)).toContainText("private window", { timeout: 5_000 });
});

test("Q11, L5 storage that another tab holds is told of within seconds, and used when it is free", async ({ server, meet }) => {
  const somebody = await meet("marja-koskela", { signIn: false });
  const { email, password } = somebody.account;
  const answer = await fetch(`${server.address}/api/session`, { method: "POST", body: JSON.stringify({ email, password }) });
  const { account } = await answer.json();
  await somebody.visit("/sign-in");
  const other = await somebody.profile.context.newPage();
  await other.goto(`${server.address}/manifest.webmanifest`);
  await other.evaluate(hold, `talkoot-${account}`);
  await somebody.page.bringToFront();
  await somebody.fillIn(email, password);
  await expect(alert(somebody)).toContainText("another tab", { timeout: 5_000 });
  await other.close();
  await expect(somebody.link("Documents").first()).toBeVisible();
});

test("Q12 a full disk is told of within seconds and the words can be downloaded", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Levy täynnä", "Alku.");
  await writing.isSent();
  // Chromium remembers for a while how much room there was; a browser just started does not.
  await marja.profile.restart();
  const devtools = await marja.profile.context.newCDPSession(marja.page);
  await devtools.send("Storage.overrideQuotaForOrigin", { origin: server.address, quotaSize: 1 });
  await marja.write(writing.path);
  await writing.addParagraph("Tämä ei mahdu mihinkään.");
  const fault = marja.page.getByRole("alert").filter({ hasText: "This device is full" });
  await expect(fault).toBeVisible({ timeout: 5_000 });

  const coming = marja.page.waitForEvent("download");
  await fault.getByRole("button", { name: "Download" }).click();
  const text = await readFile(await (await coming).path(), "utf8");
  expect(text).toContain("Tämä ei mahdu mihinkään.");
});

test("Q13 a damaged copy is set aside, what was not sent is saved, and the server fills it anew", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Vaurioitunut", "Alku.");
  await writing.isSent();
  await server.stop();
  await writing.addParagraph("Vain tällä laitteella.");
  await writing.says("Saved on this device");
  await marja.page.goto(`${server.address}/manifest.webmanifest`).catch(() => undefined);
  const damaged = await marja.page.evaluate(damageSummaries);
  expect(damaged).toBeGreaterThan(0);
  await server.start();
  await marja.visit("/");

  const coming = marja.page.waitForEvent("download");
  await marja.page.getByRole("button", { name: "Download the texts not sent yet" }).click();
  const text = await readFile(await (await coming).path(), "utf8");
  expect(text).toContain("Vain tällä laitteella.");
  await marja.page.getByRole("button", { name: "Start this device’s copy again" }).click();
  await marja.sees("Synced");
  await marja.go("Documents");
  await expect(marja.link("Vaurioitunut")).toBeVisible();
});

/** Runs in the page: writes nonsense over what the device keeps, the outbox excepted. */
async function damageSummaries() {
  const { name } = (await indexedDB.databases()).find((one) => one.name.startsWith("talkoot-") && !one.name.endsWith("anyone"));
  const request = indexedDB.open(name);
  const database = await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const stores = ["summaries", "snapshots"];
  const transaction = database.transaction(stores, "readwrite");
  let count = 0;
  for (const store of stores) {
    const cursor = transaction.objectStore(store).openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return;
      cursor.result.update(new Uint8Array([255, 254, 253]));
      count += 1;
      cursor.result.continue();
    };
  }
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  return count;
}
