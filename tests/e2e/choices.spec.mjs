/** Issue 2, point 2: what two people decided without each other becomes a choice, never a loss. */
import { expect, test } from "./world/world.mjs";

const TITLES = ["Kyläilta marraskuussa", "Kyläilta joulukuussa"];

async function bothOpen(meet) {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const marjas = await marja.begin("Kyläilta", "Ohjelma on avoin.");
  await marjas.isSent();
  const pekkas = await pekka.write(marjas.path);
  await pekkas.has("Ohjelma on avoin.");
  return { marja, pekka, marjas, pekkas, path: marjas.path };
}

async function comesBack(server, ...people) {
  await server.start();
  await Promise.all(people.map((person) => person.noticesNetwork()));
}

const card = (person, name) => person.page.getByRole("region", { name });

test("Q4 a title changed by both is a card on both, settled by one and gone for both", async ({ server, meet }) => {
  const { marja, pekka, marjas, pekkas, path } = await bothOpen(meet);
  await server.stop();
  await marjas.rename(TITLES[0]);
  await pekkas.rename(TITLES[1]);
  await marja.sees(/changes? waiting/);
  await pekka.sees(/changes? waiting/);

  await comesBack(server, marja, pekka);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);
  for (const person of [marja, pekka]) {
    await person.read(path);
    for (const title of TITLES) await expect(person.page.getByRole("radio", { name: title })).toBeVisible();
  }
  await expect(marja.page.getByRole("radio", { checked: true })).toHaveCount(0);
  await marja.page.getByRole("radio", { name: TITLES[0] }).check();
  await marja.page.getByRole("button", { name: TITLES[0] }).click();

  for (const person of [marja, pekka]) {
    await person.sees("Synced");
    await expect(person.page.getByRole("radio")).toHaveCount(0);
    await expect(person.page.getByRole("heading", { level: 1, name: TITLES[0] })).toBeVisible();
  }
});

test("Q4 a document put in the bin by one and edited by the other is a card with the edit intact", async ({ server, meet }) => {
  const { marja, pekka, marjas, pekkas, path } = await bothOpen(meet);
  await marja.read(path);
  await server.stop();
  await marja.button("Move to bin").click();
  await pekkas.addTo("Ohjelma on avoin.", " Pekka ehdottaa laulua.");
  await marja.sees(/changes? waiting/);
  await pekka.sees(/changes? waiting/);

  await comesBack(server, marja, pekka);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);
  for (const person of [marja, pekka]) {
    await person.read(path);
    await expect(person.text).toContainText(["Ohjelma on avoin. Pekka ehdottaa laulua."]);
    await expect(person.button("Keep the document")).toBeVisible();
    await expect(person.button("Put it in the bin")).toBeVisible();
  }
  await pekka.button("Keep the document").click();
  for (const person of [marja, pekka]) {
    await person.sees("Synced");
    await expect(person.button("Keep the document")).toHaveCount(0);
    await expect(person.text).toContainText(["Ohjelma on avoin. Pekka ehdottaa laulua."]);
  }
  await marja.go("Documents");
  await expect(marja.link("Kyläilta")).toBeVisible();
  expect(marjas.path).not.toBe("");
});

test("Q4 a document put in the bin by one and edited by the other can go to the bin for both", async ({ server, meet }) => {
  const { marja, pekka, pekkas, path } = await bothOpen(meet);
  await marja.read(path);
  await server.stop();
  await marja.button("Move to bin").click();
  await marja.sees(/changes? waiting/);
  await pekkas.addTo("Ohjelma on avoin.", " Liikaa.");
  await pekka.sees(/changes? waiting/);

  await comesBack(server, marja, pekka);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);
  await marja.read(path);
  await marja.button("Put it in the bin").click();
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
  for (const person of [marja, pekka]) {
    await person.go("Documents");
    await expect(person.link("Kyläilta")).toHaveCount(0);
  }
});
