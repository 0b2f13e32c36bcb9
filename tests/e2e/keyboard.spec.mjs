/** Two people with no mouse write one document, choose a title and bring back a document. */
import { Keyboard } from "./world/keyboard.mjs";
import { expect, test } from "./world/world.mjs";
import { Writing } from "./world/writing.mjs";

async function begin(keyboard, title, text) {
  const { person } = keyboard;
  await keyboard.press(person.page.getByRole("navigation").getByRole("link", { name: "Documents", exact: true }).first());
  await expect(person.page.getByRole("heading", { level: 1, name: "Documents" })).toBeVisible();
  await keyboard.press(person.button("New document").first());
  const writing = await Writing.on(person);
  await keyboard.type(writing.title, title);
  await keyboard.writeAtEnd(writing.box, text);
  return writing;
}

test("Q19 the keyboard alone writes, merges, chooses and restores", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela", { signIn: false });
  const pekka = await meet("pekka-niskanen", { signIn: false });
  const [left, right] = [new Keyboard(marja), new Keyboard(pekka)];
  await left.signIn();
  await right.signIn();
  const marjas = await begin(left, "Näppäimistöllä", "Alku.");
  await marjas.isSent();
  const path = marjas.path;
  const pekkas = await pekka.write(path);
  await pekkas.has("Alku.");

  await server.stop();
  await left.writeAtEnd(marjas.box, " Marja.");
  await right.writeAtEnd(pekkas.box, " Pekka.");
  await left.page.keyboard.press("Escape");
  await left.page.keyboard.press("Shift+Tab");
  await left.type(marjas.title, "Marjan nimi");
  await right.page.keyboard.press("Escape");
  await right.type(pekkas.title, "Pekan nimi");
  await marja.sees(/changes waiting/);
  await pekka.sees(/changes waiting/);
  await Promise.all([marja.restartsBrowser(), pekka.restartsBrowser()]);
  await left.writeAtEnd(marjas.box, " Vielä.");
  await marjas.hasOnce("Alku.", "Marja.", "Vielä.");

  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Needs your choice"), pekka.sees("Needs your choice")]);
  await marjas.hasOnce("Alku.", "Marja.", "Pekka.", "Vielä.");
  await marja.read(path);
  const radio = marja.page.getByRole("radio", { name: /Pekan nimi/ });
  const group = marja.page.getByRole("radio");
  await left.tabTo(group.first());
  for (let moves = 0; moves < 4 && !(await radio.isChecked()); moves += 1) await left.page.keyboard.press("ArrowDown");
  await expect(radio).toBeChecked();
  await left.press(marja.page.getByRole("button", { name: /Pekan nimi/ }));
  for (const person of [marja, pekka]) await person.sees("Synced");
  await pekka.read(path);
  await expect(pekka.page.getByRole("heading", { level: 1, name: "Pekan nimi" })).toBeVisible();

  await left.press(marja.button("Move to bin"));
  await left.press(marja.button("Undo").last());
  await expect(marja.link("Pekan nimi").first()).toBeVisible();
  await pekka.sees("Synced");
  await marja.read(path);
  await expect(marja.button("Move to bin")).toBeVisible();
});
