/** Files on a stick: packed in one browser, taken in by another, with no server at all. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { faultsInBothThemes } from "./world/faults.mjs";
import { Person } from "./world/person.mjs";
import { NAME, close, dialog, drop, packed, test, unpack, writeAlone } from "./world/stick.mjs";
import { ACCOUNTS, command, discard, exampleData, Server } from "./world/talkoot.mjs";
import { expect } from "./world/world.mjs";

const recordOf = (path) => /^\/[a-z]+\/([0-9a-z]{26})/.exec(path)[1];

/** The hash of a record as this device folds it. */
async function print(person, path, name) {
  await person.visit("/sync");
  // By keyboard: what comes from the server meanwhile moves the page under a pointer.
  await person.page.getByText("Compare with another device").press("Enter");
  await person.page.getByLabel("Show those named").fill(name);
  const row = person.page.locator(`[data-record="${recordOf(path)}"] code`);
  await expect(row).toHaveText(/^[0-9a-f]{64}$/);
  return row.textContent();
}

test("Q30 L20 P44 P48 what one browser packed is taken in by another with no server, and is one change later", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  const address = await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  const path = await packed(marja, stick);

  await unpack(pekka, path);
  await expect(dialog(pekka).getByRole("heading", { name: "Added (1)" })).toBeVisible();
  await dialog(pekka).getByRole("link", { name: NAME }).click();
  await expect(pekka.text).toHaveText(["Words on a stick."]);
  await pekka.sees(/\d+ changes? waiting/);
  const hash = await print(marja, address, NAME);
  expect(await print(pekka, address, NAME)).toBe(hash);

  await unpack(pekka, path);
  await expect(dialog(pekka)).toContainText("Nothing new: everything in it was here already.");
  await close(pekka);

  await server.start();
  for (const person of [pekka, marja]) {
    await person.noticesNetwork();
    await person.sees("Synced");
  }
  for (const person of [pekka, marja]) {
    expect(await print(person, address, NAME)).toBe(hash);
    await person.visit("/documents");
    await expect(person.link(NAME)).toHaveCount(1);
  }
  await server.stop();
  expect(await command("verify", "--digests", "--data", server.data)).toContain(hash);
});

test("Q31 P45 a file that is damaged, cut or foreign is refused in words and changes nothing", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  const bytes = await readFile(await packed(marja, stick));
  const damaged = Buffer.from(bytes);
  damaged[damaged.length - 9] ^= 4;
  const newer = Buffer.from(bytes);
  newer[8] += 1;
  const cases = [
    ["damaged.talkoot", damaged, "The file is damaged. Nothing was changed."],
    ["cut.talkoot", bytes.subarray(0, bytes.length - 20), "The end of the file is missing. Nothing was changed."],
    ["foreign.talkoot", Buffer.from("PK\x03\x04 something else"), "This is not a transfer file. Nothing was changed."],
    ["newer.talkoot", newer, "A newer version of Talkoot made the file. Nothing was changed."],
  ];
  for (const [name, content, words] of cases) {
    const file = join(stick, name);
    await writeFile(file, content);
    await unpack(pekka, file);
    await expect(dialog(pekka).getByRole("alert")).toContainText(words);
    await close(pekka);
  }
  await pekka.visit("/documents");
  await expect(pekka.heading("Documents")).toBeVisible();
  await expect(pekka.link(NAME)).toHaveCount(0);
  await pekka.sees("Synced");
});

test("Q32 four browsers take each other's files in, in different orders, and hold the same", async ({ server, meet, stick }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const helena = await meet("helena-rautio");
  const phone = await meet("marja-koskela");
  const everybody = [marja, pekka, helena, phone];
  const marjas = await marja.begin(NAME, "Begun at home.");
  await marjas.isSent();
  const address = marjas.path;
  const writings = [marjas];
  for (const person of [pekka, helena, phone]) {
    const writing = await person.write(address);
    await writing.has("Begun at home.");
    writings.push(writing);
  }
  await server.stop();
  await writings[0].rename(`${NAME} on Monday`);
  await writings[1].rename(`${NAME} on Tuesday`);
  await writings[2].addParagraph("Helena was here.");
  await writings[3].addParagraph("So was the phone.");
  const files = [];
  for (const [place, person] of everybody.entries()) {
    await person.sees(/changes? waiting/);
    await person.visit("/sync");
    files.push(await packed(person, stick, `${place}.talkoot`));
  }
  const orders = [[1, 2, 3], [3, 0, 2], [0, 3, 1], [2, 1, 0]];
  for (const [place, person] of everybody.entries()) {
    for (const other of orders[place]) {
      await unpack(person, files[other]);
      await expect(dialog(person).getByRole("heading", { name: "Changed (1)" })).toBeVisible();
      await close(person);
    }
    await person.sees("Needs your choice");
  }
  const hashes = [];
  for (const person of everybody) hashes.push(await print(person, address, NAME));
  expect(new Set(hashes).size).toBe(1);
  for (const person of everybody) {
    await person.read(address);
    await expect(person.text).toHaveCount(3);
    for (const words of ["Helena was here.", "So was the phone."]) await expect(person.page.getByText(words)).toBeVisible();
  }
});

test("P82 a passphrase of one letter is refused in words before anything is packed", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  await server.stop();
  await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  await marja.page.getByText("Lock with a passphrase").click();
  const passphrase = marja.page.getByLabel("Passphrase");
  const files = [];
  marja.page.on("download", (file) => files.push(file.suggestedFilename()));
  await passphrase.fill("a");
  await marja.button("Export transfer file").click();
  await expect(marja.page.getByRole("alert")).toContainText("At least 10 characters");
  await expect(passphrase).toHaveAttribute("aria-invalid", "true");
  expect(await faultsInBothThemes(marja.page)).toEqual([]);
  expect(files).toEqual([]);
  await passphrase.fill("kahvia ja pullaa");
  await expect(marja.page.getByRole("alert")).toHaveText("");
  await packed(marja, stick);
  expect(files).toHaveLength(1);
});

test("Q33 P47 a locked file that is dropped onto the app asks for its passphrase", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  await marja.page.getByText("Lock with a passphrase").click();
  await marja.page.getByLabel("Passphrase").fill("kahvia ja pullaa");
  const path = await packed(marja, stick);
  expect((await readFile(path)).toString("latin1")).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);

  await pekka.visit("/documents");
  await expect(pekka.heading("Documents")).toBeVisible();
  await drop(pekka, path);
  await expect(dialog(pekka).getByRole("heading", { name: "The file is locked" })).toBeVisible();
  await dialog(pekka).getByLabel("Passphrase").fill("tea");
  await dialog(pekka).getByRole("button", { name: "Open" }).click();
  await expect(dialog(pekka).getByRole("alert")).toContainText("The passphrase does not open the file.");
  await dialog(pekka).getByLabel("Passphrase").fill("kahvia ja pullaa");
  await dialog(pekka).getByRole("button", { name: "Open" }).click();
  await expect(dialog(pekka).getByRole("heading", { name: "Added (1)" })).toBeVisible();
});

test("Q34 L22 P46 what a device of another programme made waits until a member approves it", async ({ server, meet, stick }) => {
  const programme = await exampleData();
  const other = await Server.over(programme);
  await other.start();
  const stranger = await Person.come(other, ACCOUNTS["marja-koskela"]);
  try {
    await stranger.signIn();
    await other.stop();
    const address = await writeAlone(stranger, "Words from elsewhere.");
    await stranger.visit("/sync");
    const path = await packed(stranger, stick);
    const hash = await print(stranger, address, NAME);

    const pekka = await meet("pekka-niskanen", { profile: { reducedMotion: "reduce" } });
    await server.stop();
    await unpack(pekka, path);
    await expect(dialog(pekka)).toContainText(/changes? waits? in the sync centre/);
    expect(await faultsInBothThemes(pekka.page)).toEqual([]);
    await close(pekka);
    await expect(pekka.button("Approve")).toBeVisible();
    expect(await faultsInBothThemes(pekka.page)).toEqual([]);
    await pekka.sees("Needs your choice");
    await pekka.visit("/documents");
    await expect(pekka.heading("Documents")).toBeVisible();
    await expect(pekka.link(NAME)).toHaveCount(0);

    await pekka.visit("/sync");
    await pekka.button("Approve").click();
    await expect(pekka.button("Approve")).toHaveCount(0);
    expect(await print(pekka, address, NAME)).toBe(hash);
    await pekka.visit("/documents");
    await expect(pekka.link(NAME)).toHaveCount(1);
  } finally {
    await stranger.leave();
    await other.remove();
    await discard(programme);
  }
});

/** Runs in the page: the longest task of the main thread until `name` is done, in milliseconds. */
async function longestTask(person, act) {
  await person.page.evaluate(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ entryTypes: ["longtask"] });
  });
  const began = Date.now();
  await act();
  const took = Date.now() - began;
  return { longest: await person.page.evaluate(() => Math.round(window.longest)), took };
}

test("Q49 P65 the page lives while a passphrase is stretched, and says what it does", async ({ server, meet, stick }, info) => {
  const marja = await meet("marja-koskela");
  await server.stop();
  await writeAlone(marja, "Words on a stick.");
  await marja.visit("/sync");
  await marja.page.getByText("Lock with a passphrase").click();
  await marja.page.getByLabel("Passphrase").fill("kahvia ja pullaa");
  let path;
  const locking = await longestTask(marja, async () => (path = await packed(marja, stick)));
  await unpack(marja, path);
  await dialog(marja).getByLabel("Passphrase").fill("kahvia ja pullaa");
  const unlocking = await longestTask(marja, async () => {
    await dialog(marja).getByRole("button", { name: "Open" }).click();
    await expect(dialog(marja).getByRole("status")).toContainText("Unlocking…");
    await expect(dialog(marja)).toContainText("Nothing new");
  });
  const figures = JSON.stringify({ locking, unlocking });
  console.log(`main thread, in ms: ${figures}`);
  await info.attach("main thread", { body: figures });
});
