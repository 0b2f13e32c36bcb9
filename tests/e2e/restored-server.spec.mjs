/** A server taken back from yesterday's backup: those who know more fill it up again. */
import { join } from "node:path";

import { command, discard, folder } from "./world/talkoot.mjs";
import { holdReturns } from "./world/held_line.mjs";
import { expect, test } from "./world/world.mjs";
import { counts } from "./world/writing.mjs";

const BEFORE = "Kirjoitettu ennen varmuuskopiota.";
const AFTER = ["Marja jatkoi illalla.", "Pekka jatkoi yöllä."];
const TITLES = ["Talvitalkoot tammikuussa", "Talvitalkoot helmikuussa"];
const LATER = "Kirjoitettu palautuksen jälkeen.";

const newTitle = (person) => `Uusi: ${person.account.name}`;
const newText = (person) => `Vain varmuuskopion jälkeen, ${person.account.name}.`;

/** Two write one text and another title each with no server; then one of them settles the title. */
async function writeAndChoose(server, { marja, pekka, marjas, pekkas }) {
  await server.stop();
  await marjas.rename(TITLES[0]);
  await pekkas.rename(TITLES[1]);
  await marjas.addParagraph(AFTER[0]);
  await pekkas.addParagraph(AFTER[1]);
  await Promise.all([marja.sees(/changes? waiting/), pekka.sees(/changes? waiting/)]);
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);
  await marja.read(marjas.path);
  await marja.page.getByRole("radio", { name: TITLES[0] }).check();
  await marja.page.getByRole("button", { name: TITLES[0] }).click();
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
}

/** Begins a document that the backup has never seen, and waits until the server has it. */
async function begins(person) {
  const writing = await person.begin(newTitle(person), newText(person));
  await writing.isSent();
  return writing;
}

/** Waits until a person who reads at an address has every one of these words exactly once. */
async function readsOnce(person, path, ...words) {
  const read = async () => {
    await person.visit(path);
    await expect(person.text.first()).toBeVisible({ timeout: 2_000 });
    const text = (await person.text.allInnerTexts()).join("\n");
    expect(counts(text, words)).toEqual(words.map((word) => [word, 1]));
  };
  await expect(read).toPass({ timeout: 60_000 });
}

/** Looks at a stopped server's data: a digest of each record's changes, and how many there are. */
async function looked(server) {
  const said = await command("verify", "--digests", "--data", server.data);
  return said.replace(/ by \d+ devices/, "");
}

test("Q21 three browsers ahead of a server that was restored fill it up again, and nothing is lost", async ({ server, meet }) => {
  test.setTimeout(240_000);
  const backups = await folder("backups");
  const file = join(backups, "yesterday.talkoot");
  const meetHeld = async (name) => {
    const person = await meet(name, { signIn: false });
    const held = await holdReturns(person);
    await person.signIn();
    return { person, held };
  };
  const all = [await meetHeld("marja-koskela"), await meetHeld("saara-lehtimaki"), await meetHeld("pekka-niskanen")];
  const [marja, saara, pekka] = all.map(({ person }) => person);
  const marjas = await marja.begin("Talvitalkoot", BEFORE);
  await marjas.isSent();
  const path = marjas.path;
  const pekkas = await pekka.write(path);
  await pekkas.has(BEFORE);

  await command("backup", file, "--data", server.data);
  await writeAndChoose(server, { marja, pekka, marjas, pekkas });
  const made = [await begins(marja), await begins(saara), await begins(pekka)];
  const [, , pekkasNew] = made;
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced"), saara.sees("Synced")]);

  await server.stop();
  const before = await looked(server);
  await command("restore", file, "--replace", "--data", server.data);
  expect(await looked(server), "the backup is older").not.toEqual(before);
  await server.start();

  // They come back by themselves. Until something given back is there, nothing tells anybody that it is.
  for (const { held } of all) await expect.poll(() => held.count, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(pekka.state).toHaveAccessibleName(/^Syncing/);
  for (const { held } of all) held.letGo();
  await pekkasNew.isSent();

  const helena = await meet("helena-rautio");
  await readsOnce(helena, path, BEFORE, ...AFTER);
  await expect(helena.heading(TITLES[0])).toBeVisible();
  await expect(helena.page.getByRole("radio")).toHaveCount(0);
  for (const [place, person] of [marja, saara, pekka].entries()) {
    await readsOnce(helena, made[place].path, newText(person));
    await expect(helena.heading(newTitle(person))).toBeVisible();
  }

  await Promise.all([marja.sees("Synced"), pekka.sees("Synced"), saara.sees("Synced")]);
  await server.stop();
  expect(await looked(server), "every change once, and nothing is wrong").toBe(before);

  // The conversation goes on as on any other day.
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  const again = await marja.write(path);
  await again.hasOnce(BEFORE, ...AFTER);
  await again.addParagraph(LATER);
  await again.isSent();
  await readsOnce(pekka, path, BEFORE, ...AFTER, LATER);
  await discard(backups);
});
