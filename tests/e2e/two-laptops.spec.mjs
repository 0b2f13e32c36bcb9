/** Issue 2, point 2: one document, two laptops, no network, a server that comes back. */
import { expect, test } from "./world/world.mjs";
import { counts } from "./world/writing.mjs";

const FIRST = "Kylätalolla on talkoot.";
const SECOND = "Kahvia keitetään.";
const WRITTEN = ["Marja saapuu aamulla.", "Pekka tuo haravan.", "Marja lisää vielä.", "Pekka lisää vielä.", "Marjan oma kappale.", "Pekan oma kappale."];

async function bothOpen(meet) {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const marjas = await marja.begin("Talkoiden muistilista", FIRST, SECOND);
  await marjas.isSent();
  const pekkas = await pekka.write(marjas.path);
  await pekkas.has(`${FIRST}\n${SECOND}`);
  return { marja, pekka, marjas, pekkas };
}

async function readerSeesOnce(person, path, words) {
  await person.read(path);
  const text = () => person.text.allInnerTexts().then((blocks) => counts(blocks.join("\n"), words));
  await expect.poll(text).toEqual(words.map((word) => [word, 1]));
}

test("Q1 two people write one document with no server, restart, write on, and both texts stand once", async ({ server, meet }) => {
  const { marja, pekka, marjas, pekkas } = await bothOpen(meet);
  const path = marjas.path;
  await server.stop();

  await marjas.addTo(FIRST, ` ${WRITTEN[0]}`);
  await pekkas.addTo(FIRST, ` ${WRITTEN[1]}`);
  await marjas.addParagraph(WRITTEN[4]);
  await pekkas.addParagraph(WRITTEN[5]);
  await marja.sees(/changes? waiting/);
  await pekka.sees(/changes? waiting/);

  await Promise.all([marja.restartsBrowser(), pekka.restartsBrowser()]);
  await marjas.hasOnce(FIRST, SECOND, WRITTEN[0], WRITTEN[4]);
  await pekkas.hasOnce(FIRST, SECOND, WRITTEN[1], WRITTEN[5]);
  await marja.sees(/changes? waiting/);
  await marjas.addTo(SECOND, ` ${WRITTEN[2]}`);
  await pekkas.addTo(SECOND, ` ${WRITTEN[3]}`);
  await marjas.says("Saved on this device");

  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
  await marjas.hasOnce(FIRST, SECOND, ...WRITTEN);
  await pekkas.hasOnce(FIRST, SECOND, ...WRITTEN);
  expect(await marjas.text()).toBe(await pekkas.text());
  await readerSeesOnce(marja, path, [FIRST, SECOND, ...WRITTEN]);
  await readerSeesOnce(pekka, path, [FIRST, SECOND, ...WRITTEN]);
});

test("Q1, L8 a document begun with no server is only on this device until the server has it", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  const marjas = await marja.begin("Kirjoitettu junassa", "Juna seisoo Orivedellä.");
  await marja.sees(/changes? waiting/);
  await marja.go("Documents");
  const row = () => marja.page.getByRole("listitem").filter({ hasText: "Kirjoitettu junassa" });
  await expect(row()).toContainText("Only on this device");

  await marja.restartsBrowser();
  await expect(row()).toContainText("Only on this device");
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await marja.sees("Synced");
  await pekka.go("Documents");
  await pekka.link("Kirjoitettu junassa").click();
  await expect(pekka.text).toHaveText(["Juna seisoo Orivedellä."]);
  expect(marjas.path).toBeTruthy();
});
