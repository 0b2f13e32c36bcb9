/** Three tabs of one person are one device: each sees all, and any may close. */
import { expect, test } from "./world/world.mjs";
import { Writing } from "./world/writing.mjs";

const WORDS = ["yksi", "kaksi", "kolme"];

test("Q2 three tabs of one person write one text, and the leader may close", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const first = await marja.begin("Kolme välilehteä", "Alku.");
  await first.isSent();
  const edit = `${first.path}/edit`;
  const second = await Writing.on(await marja.openTab(edit));
  const third = await Writing.on(await marja.openTab(edit));
  const tabs = [first, second, third];

  for (const [place, tab] of tabs.entries()) {
    await tab.page.bringToFront();
    await tab.addParagraph(WORDS[place]);
    for (const other of tabs) await other.hasOnce(...WORDS.slice(0, place + 1));
  }

  await first.page.close();
  await second.page.bringToFront();
  await second.addParagraph("neljä");
  await third.hasOnce(...WORDS, "neljä");
  const pekkas = await pekka.write(edit);
  await pekkas.hasOnce(...WORDS, "neljä");
  await pekkas.addParagraph("viisi");
  await second.hasOnce("viisi");
  await third.hasOnce("viisi");
  await second.person.sees("Synced");
  expect(await third.text()).toBe(await pekkas.text());

  await server.stop();
  await third.page.bringToFront();
  await third.addParagraph("kuusi");
  await second.hasOnce("kuusi");
  await second.person.sees(/changes? waiting/);
  await third.person.sees(/changes? waiting/);
  await server.start();
  await marja.noticesNetwork();
  await second.person.sees("Synced");
  await third.person.sees("Synced");
  await pekka.noticesNetwork();
  await pekkas.hasOnce(...WORDS, "neljä", "viisi", "kuusi");
});

test("L17 two tabs and somebody else write into one document at once, and nothing is passed over", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const first = await marja.begin("Yhtä aikaa", "Alku.");
  await first.isSent();
  const edit = `${first.path}/edit`;
  const second = await Writing.on(await marja.openTab(edit));
  const pekkas = await pekka.write(edit);
  await pekkas.hasOnce("Alku.");
  const written = [];
  for (let round = 1; round <= 5; round += 1) {
    const words = [`vasen${round}.`, `oikea${round}.`, `Pekka${round}.`];
    written.push(...words);
    // Both tabs are of one browser, and only the one in front has the keyboard.
    const marjas = async () => {
      for (const [place, tab] of [first, second].entries()) {
        await tab.page.bringToFront();
        await tab.addParagraph(words[place]);
      }
    };
    await Promise.all([marjas(), pekkas.addParagraph(words[2])]);
  }
  for (const writing of [first, second, pekkas]) await writing.hasOnce("Alku.", ...written);
  await first.person.sees("Synced");
  await second.person.sees("Synced");
  await pekka.sees("Synced");
  expect(await first.text()).toBe(await pekkas.text());
});

test("L12 words that the server refused are told of in every tab, and wait nowhere", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const first = await marja.begin("Toisen välilehden sanat", "Alku.");
  await first.isSent();
  const second = await Writing.on(await marja.openTab(`${first.path}/edit`));
  await server.stop();
  await second.page.bringToFront();
  await second.addParagraph("Nämä sanat hylätään.");
  await second.person.sees(/changes? waiting/);
  await first.person.sees(/changes? waiting/);
  await server.user("set-role", marja.account.email, "reader");
  await server.start();
  await marja.noticesNetwork();
  for (const tab of [first, second]) {
    await tab.person.sees("Needs your choice");
    await tab.person.go("Sync");
    await expect(tab.page.getByRole("listitem").filter({ hasText: "Nämä sanat hylätään." })).toBeVisible();
    await expect(tab.page.getByText("Nothing is waiting").first()).toBeVisible();
  }
});
