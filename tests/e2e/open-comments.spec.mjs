/**
 * Open comments from one end to the other: typed by somebody without an account and without a
 * network, sent later and more than once, moderated, shown; and what was removed is nowhere.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { Keyboard } from "./world/keyboard.mjs";
import { lookAt, LANGUAGES, word } from "./world/looking.mjs";
import { settled, speak } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const NUMBER = "040 765 4321";
const COMMENTS = "/api/v1/comments";
const ENGLISH = { profile: { locale: "en-GB" } };

const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });
const form = (person) => person.page.getByRole("form");

/** The public address of a published practice of Marja's project. */
async function practice(server) {
  const listing = await (await fetch(`${server.address}/api/v1/records?kind=practice&limit=100`)).json();
  const found = listing.records.find(({ title }) => title === "Digiopastajien parityöskentely");
  const answer = await fetch(server.address + found.address);
  return { path: new URL(answer.url).pathname, title: found.title };
}

async function fill(person, subject, words) {
  await box(person, "Subject").fill(subject);
  await box(person, "Name").fill("Aino Esimerkki");
  await box(person, "Comment").fill(words);
}

/** Waits until the form keeps what is typed. */
async function typesOnThisDevice(person) {
  await expect
    .poll(async () => {
      await box(person, "Subject").fill("A");
      return person.page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("talkoot.comment.")));
    })
    .toBe(true);
}

/** In the page: the comments that this device keeps. */
const waiting = () =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("talkoot-comments");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const all = opening.result.transaction("kept").objectStore("kept").getAll();
      all.onsuccess = () => resolve(all.result);
    };
  });

/** Every file below the server's data folder that holds these bytes. */
async function holding(folder, words) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(words)) found.push(path);
  }
  return found;
}

test("Q73 OC18 a comment typed without account and network is sent later, counts once, and is shown without the number in it", async ({ server, meet }) => {
  test.slow();
  const { path, title } = await practice(server);
  const somebody = await meet(undefined, ENGLISH);
  await somebody.visit(path);
  await typesOnThisDevice(somebody);
  await server.stop();
  await fill(somebody, "Works in winter", `Call me at ${NUMBER}. It works.`);
  await somebody.button("Publish comment").dblclick();
  await expect(form(somebody).getByRole("status")).toHaveText(/^No connection\. Your comment is kept/);
  await expect(box(somebody, "Comment")).toHaveValue("");
  // The power goes, and the browser comes again later; what it sends first is answered to nobody.
  await somebody.profile.crash();
  let sent = 0;
  await somebody.profile.context.route(`**${COMMENTS}`, async (route) => {
    sent += 1;
    if (sent > 1) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await server.start();
  await somebody.visit(path);
  await expect.poll(() => sent).toBe(1);
  await somebody.noticesNetwork();
  await expect(form(somebody).getByRole("status")).toHaveText(/^Your comment has arrived\./);
  expect(sent).toBeGreaterThan(1);
  expect(await somebody.page.evaluate(waiting)).toEqual([]);
  expect((await holding(server.data, NUMBER)).map((file) => file.split("/").slice(-2))).toEqual([["held", "comments.db"]]);

  const marja = await meet("marja-koskela");
  await marja.go("Home");
  await marja.page.getByRole("main").getByRole("link", { name: "1 open comment waits" }).click();
  await expect(marja.heading("Works in winter")).toBeVisible();
  await expect(marja.page.getByRole("main").getByRole("article")).toHaveCount(1);
  await marja.button(`Remove ${NUMBER}`).click();
  await expect(box(marja, "The comment as it will be shown")).toHaveValue("Call me at [puhelinnumero poistettu]. It works.");
  await marja.button("Publish").click();
  await expect(marja.page.getByText("The comment is published.")).toBeVisible();
  await expect(marja.page.getByText("No comment waits")).toBeVisible();
  expect(await holding(server.data, NUMBER)).toEqual([]);

  await marja.visit(path);
  const comments = marja.page.getByRole("region", { name: "Comments" });
  await expect(comments).toContainText("Call me at [puhelinnumero poistettu]. It works.");
  await somebody.visit(path);
  await expect(somebody.page.getByRole("article").filter({ hasText: "Works in winter" })).toContainText("[puhelinnumero poistettu]");
  const feed = await (await fetch(`${server.address}/feeds/practices.atom`)).text();
  expect(feed).toContain(`<title>${title}: Works in winter</title>`);
  const page = await (await fetch(server.address + path)).text();
  expect(page + feed + server.said).not.toContain(NUMBER);
});

test("Q74 OC5 the form works without scripts and with the keyboard alone, and is as accessible as the queue that its comments stand in", async ({ server, meet }) => {
  test.slow();
  const { path } = await practice(server);
  const plain = await meet(undefined, { profile: { javaScriptEnabled: false, locale: "en-GB" } });
  await plain.visit(path);
  await fill(plain, "Two at a table", "One writes and one asks. Call 050 111 2223.");
  await plain.button("Publish comment").click();
  await expect(plain.heading("Thank you for your comment")).toBeVisible();
  await plain.page.getByRole("main").getByRole("link").click();
  await expect(box(plain, "Comment")).toBeVisible();

  const typist = await meet(undefined, ENGLISH);
  await typist.visit(path);
  await typesOnThisDevice(typist);
  const keyboard = new Keyboard(typist);
  await keyboard.type(box(typist, "Subject"), "By keyboard");
  await keyboard.type(box(typist, "Name"), "Aino Esimerkki");
  await keyboard.type(box(typist, "Comment"), "No mouse was near.");
  await keyboard.press(typist.button("Publish comment"));
  await expect(form(typist).getByRole("status")).toHaveText(/^Your comment has arrived\./);
  const found = await lookAt(typist, "public-comments-en");

  const marja = await meet("marja-koskela");
  for (const language of LANGUAGES) {
    await speak(marja, language);
    await marja.visit("/comments");
    await settled(marja);
    await expect(marja.heading("By keyboard")).toBeVisible();
    await marja.button(word(language, "comments", "reject")).first().click();
    await expect(box(marja, word(language, "comments", "why"))).toBeFocused();
    found.push(...(await lookAt(marja, `comments-${language}`)));
  }
  await marja.visit(path);
  await expect(marja.page.getByRole("region", { name: "Comments" })).toBeVisible();
  found.push(...(await lookAt(marja, "comments-shown")));
  expect(found).toEqual([]);
});

test("Q75 OC13 a moderator rejects with a reason, and what is typed stays on the device with every key", async ({ server, meet }) => {
  const { path } = await practice(server);
  const somebody = await meet(undefined, ENGLISH);
  await somebody.visit(path);
  await typesOnThisDevice(somebody);
  await fill(somebody, "Half", "a thought");
  await somebody.profile.restart();
  await somebody.visit(path);
  await expect(box(somebody, "Subject")).toHaveValue("Half");
  await expect(box(somebody, "Comment")).toHaveValue("a thought");
  await box(somebody, "Comment").fill("Buy my lantern.");
  await somebody.button("Publish comment").click();
  await expect(form(somebody).getByRole("status")).toHaveText(/^Your comment has arrived\./);

  const marja = await meet("marja-koskela");
  await marja.visit("/comments");
  await expect(marja.heading("Half")).toBeVisible();
  await marja.button("Reject").click();
  await box(marja, "Why is the comment not published?").fill("Advertising");
  await marja.button("Reject").click();
  await expect(marja.page.getByText("The comment is rejected. Its words are gone.")).toBeVisible();
  await expect(marja.page.getByText("No comment waits")).toBeVisible();
  expect(await holding(server.data, "Buy my lantern.")).toEqual([]);
  const other = await meet("olli-lammi");
  await other.visit("/comments");
  await expect(other.page.getByText("No comment waits")).toBeVisible();
});

test("Q76 OC6 OC8 what was selected in the subject is taken out, the keyboard decides, and what is published without a network goes out later", async ({ server, meet }) => {
  const { path } = await practice(server);
  const somebody = await meet(undefined, ENGLISH);
  await somebody.visit(path);
  await typesOnThisDevice(somebody);
  for (const [subject, words] of [["Ask Liisa Lamminen", "She knows."], ["Ask nobody", "Nobody knows."]]) {
    await fill(somebody, subject, words);
    await somebody.button("Publish comment").click();
    await expect(box(somebody, "Comment")).toHaveValue("");
  }
  const marja = await meet("marja-koskela");
  await marja.visit("/comments");
  const card = marja.page.getByRole("article").filter({ hasText: "Liisa" });
  await card.getByRole("textbox", { name: "The subject as it will be shown" }).focus();
  await marja.page.keyboard.press("Home");
  for (const _ of "Ask ") await marja.page.keyboard.press("ArrowRight");
  await marja.page.keyboard.press("Shift+End");
  await card.getByRole("combobox").selectOption("name");
  await card.getByRole("button", { name: "Remove what is selected" }).click();
  await expect(marja.heading("Ask [nimi poistettu]")).toBeVisible();
  await server.stop();
  await marja.page.getByRole("article").filter({ hasText: "nimi poistettu" }).getByRole("button", { name: "Publish" }).click();
  await expect(marja.page.getByText("The comment is published on this device.")).toBeVisible();
  await expect(marja.page.getByRole("main").getByRole("article")).toHaveCount(1);
  await marja.button("Reject").click();
  await marja.page.keyboard.type("It says nothing");
  await marja.page.keyboard.press("Enter");
  await expect(marja.page.getByText("The server cannot be reached.")).toBeVisible();
  await expect(marja.heading("Ask nobody")).toBeVisible();
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Synced");
  await marja.visit("/comments");
  await expect(marja.heading("Ask nobody")).toBeVisible();
  await expect(marja.page.getByRole("main").getByRole("article")).toHaveCount(1);
  expect(await holding(server.data, "Liisa Lamminen")).toEqual([]);
});

test("OC13 what was published without a network after somebody rejected it is taken away again", async ({ server, meet }) => {
  test.slow();
  const { path } = await practice(server);
  const somebody = await meet(undefined, ENGLISH);
  await somebody.visit(path);
  await typesOnThisDevice(somebody);
  await fill(somebody, "Lantern", "Buy my lantern.");
  await somebody.button("Publish comment").click();
  await expect(form(somebody).getByRole("status")).toHaveText(/^Your comment has arrived\./);

  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await marja.visit("/comments");
  await expect(marja.heading("Lantern")).toBeVisible();
  await server.stop();
  await marja.button("Publish").click();
  await expect(marja.page.getByText("The comment is published on this device.")).toBeVisible();
  await marja.profile.restart();
  await server.start();
  await pekka.noticesNetwork();
  await pekka.visit("/comments");
  await pekka.button("Reject").click();
  await box(pekka, "Why is the comment not published?").fill("Advertising");
  await pekka.button("Reject").click();
  await expect(pekka.page.getByText("The comment is rejected. Its words are gone.")).toBeVisible();

  await marja.visit(path);
  await expect(marja.page.getByText(/^Somebody had already rejected a comment/)).toBeVisible({ timeout: 30_000 });
  await marja.sees("Synced");
  await expect(marja.page.getByRole("main")).not.toContainText("Lantern");
  expect(await (await fetch(server.address + path)).text()).not.toContain("Lantern");
});
