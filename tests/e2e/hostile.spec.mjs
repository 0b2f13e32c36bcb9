/** What attackers write: as posts, in a text and its margin, from a file, as open comments, as a name. */
import { HOSTILE, holdsOnlyWords, watch } from "./world/hostile.mjs";
import { card, comment, on } from "./world/margin.mjs";
import { packed, test, unpack } from "./world/stick.mjs";
import { ask, open } from "./world/talk.mjs";
import { commandWithPassword } from "./world/talkoot.mjs";
import { expect } from "./world/world.mjs";

const NAME = '<img src=x onerror=ran("name")>';
const PASSWORD = "seitseman-hiljaista-harjua";
const subject = HOSTILE[2];

/** Somebody whose very name is hostile. */
async function attacker(server, meet) {
  const account = { email: "hostile@talkoot.example", password: PASSWORD };
  await commandWithPassword(PASSWORD, "user", "add", account.email, "--name", NAME, "--role", "member", "--data", server.data);
  const person = await meet(undefined);
  person.account = account;
  const seen = await watch(person);
  await person.signIn();
  return { person, seen };
}

test("Q79 hostile words and a hostile name in a discussion are words", async ({ server, meet }) => {
  test.slow();
  const { person, seen } = await attacker(server, meet);
  await person.go("Discussions");
  await ask(person, subject, HOSTILE[0]);
  const box = person.page.getByLabel("Reply to the discussion");
  for (const words of HOSTILE.slice(1)) {
    await box.fill(words);
    await person.page.getByRole("button", { name: /^Send/ }).click();
    await expect(box).toHaveValue("");
  }
  await person.sees("Synced");
  const reader = await meet("marja-koskela");
  const seenByReader = await watch(reader);
  await reader.visit("/");
  await open(reader, subject);
  for (const [page, last] of [[person.page, HOSTILE.at(-1)], [reader.page, HOSTILE[20]]]) {
    await expect(page.locator(".words", { hasText: last.split(" ", 1)[0] }).first()).toBeVisible();
    await holdsOnlyWords(page);
    await expect(page.getByText(NAME).first()).toBeVisible();
  }
  await reader.visit("/discussions");
  await expect(reader.link(subject)).toBeVisible();
  await holdsOnlyWords(reader.page);
  expect([...seen, ...seenByReader]).toEqual([]);
  // Those who watch do see: what is forced into a page is noticed.
  await reader.page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=ran()>"));
  await expect.poll(() => seenByReader).not.toEqual([]);
});

test("Q79 hostile words in a text, in its margin and in a file that is taken in are words", async ({ server, meet, stick }) => {
  test.slow();
  const { person, seen } = await attacker(server, meet);
  const writing = await person.begin(HOSTILE[3], "Kahvila aukeaa kymmeneltä.");
  await person.page.keyboard.press("ControlOrMeta+End");
  for (const words of HOSTILE) {
    await person.page.keyboard.press("Enter");
    await person.page.keyboard.insertText(words.replaceAll(/\s+/g, " "));
  }
  await comment(person, writing.box, "kymmeneltä", HOSTILE[0]);
  await on(person, "kymmeneltä", "Reply").click();
  const box = card(person, "kymmeneltä").getByLabel("Your reply");
  for (const words of HOSTILE.slice(1)) {
    if (!(await box.isVisible())) await on(person, "kymmeneltä", "Reply").click();
    await box.fill(words);
    await card(person, "kymmeneltä").getByRole("button", { name: /^Send/ }).click();
    await expect(card(person, "kymmeneltä").locator(".words", { hasText: words.split(" ", 1)[0] }).last()).toBeAttached();
  }
  await writing.isSent();
  await holdsOnlyWords(person.page);
  await person.read(writing.path);
  const file = await packed(person, stick);

  const other = await meet("pekka-niskanen");
  await server.stop();
  const seenByOther = await watch(other);
  await unpack(other, file);
  await holdsOnlyWords(other.page);
  await other.read(writing.path);
  await expect(other.page.getByText(/^n74 /)).toBeVisible();
  await holdsOnlyWords(other.page);
  await other.write(writing.path);
  await holdsOnlyWords(other.page);
  expect([...seen, ...seenByOther]).toEqual([]);
});

test("Q79 hostile open comments are words in the queue, on the page and in the feed", async ({ server, meet }) => {
  test.slow();
  // One machine sends everything here: a proxy in front would say from where each comes.
  await server.stop();
  server.options = ["--address-header", "x-forwarded-for"];
  await server.start();
  const listing = await (await fetch(`${server.address}/api/v1/records?kind=practice&limit=100`)).json();
  const practice = listing.records.find(({ title }) => title === "Digiopastajien parityöskentely");
  for (const [number, words] of HOSTILE.entries()) {
    const line = words.replaceAll(/\s+/g, " ").slice(0, 120);
    const id = number.toString(8).padStart(26, "0");
    const sent = await fetch(`${server.address}/api/v1/comments`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": `192.0.2.${number}` },
      body: JSON.stringify({ id, record: practice.id, subject: line, name: line, organisation: line, comment: words }),
    });
    expect(sent.ok, `${sent.status} ${words}`).toBe(true);
  }
  const marja = await meet("marja-koskela");
  const seen = await watch(marja);
  await marja.visit("/comments");
  const waiting = marja.page.getByRole("main").getByRole("article");
  for (let left = HOSTILE.length; left > 0; left -= 1) {
    await expect(waiting).toHaveCount(left);
    if (left % 25 === 0) await holdsOnlyWords(marja.page);
    await waiting.first().getByRole("button", { name: "Publish", exact: true }).click();
  }
  await marja.sees("Synced");
  const path = new URL((await fetch(server.address + practice.address)).url).pathname;
  await marja.visit(path);
  await expect(marja.page.getByRole("region", { name: "Comments" })).toContainText("n74 ");
  await holdsOnlyWords(marja.page);

  const somebody = await meet(undefined);
  const seenBySomebody = await watch(somebody);
  await somebody.visit(path);
  await expect(somebody.page.getByRole("article").filter({ hasText: "n74 " })).toBeVisible();
  await holdsOnlyWords(somebody.page);
  const feed = await (await fetch(`${server.address}/feeds/practices.atom`)).text();
  expect(feed).toContain("n74 ");
  const broken = await somebody.page.evaluate((text) => new DOMParser().parseFromString(text, "application/xml").querySelector("parsererror, script, img")?.outerHTML, feed);
  expect(broken).toBeUndefined();
  expect([...seen, ...seenBySomebody]).toEqual([]);
});
