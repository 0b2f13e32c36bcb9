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
