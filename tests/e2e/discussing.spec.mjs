/** Two people talk with no server in between: everything is there once, and what is new is known on every device of one person. */
import { lookAt, word } from "./world/looking.mjs";
import { adopt, describe } from "./world/practice.mjs";
import { speak } from "./world/screens.mjs";
import { dialog, ask, at, open, post, row, say } from "./world/talk.mjs";
import { counts } from "./world/writing.mjs";
import { expect, test } from "./world/world.mjs";

const SUBJECT = "Who calls the council together?";
const QUESTION = "The reform fell. Who calls the council together now?";
const FIRST = "We do, with the hospital district.";
const SECOND = "The project does the secretary's work until spring.";
const THANKS = "Thank you, that helps us.";

/** Everything that is said in the open discussion, as a reader finds it. */
const said = (person) => person.page.locator(".thread .words").allInnerTexts();

async function onceEach(person, ...words) {
  await expect.poll(async () => counts((await said(person)).join("\n"), words), { timeout: 30_000 }).toEqual(words.map((word) => [word, 1]));
}

test("Q67 two people ask, answer, quote and react with no server in between, and all of it is there once", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await marja.go("Discussions");
  await ask(marja, SUBJECT, QUESTION);
  await marja.sees("Synced");
  await open(pekka, SUBJECT);
  await onceEach(pekka, QUESTION);

  await server.stop();
  await say(pekka, FIRST);
  await expect(post(pekka, FIRST)).toContainText("1 change waiting");
  await at(pekka, QUESTION, /^Same question/).click();
  await expect(at(pekka, QUESTION, /^Same question/)).toHaveAttribute("aria-pressed", "true");
  await at(pekka, FIRST, "Edit").click();
  await pekka.page.getByLabel("Edit the post").fill(`${FIRST} Since Monday.`);
  await pekka.button("Save").click();
  await post(pekka, "Since Monday.").getByText(/^edited/).click();
  await expect(post(pekka, "Since Monday.").locator(".earlier")).toContainText(FIRST);

  await say(marja, THANKS);
  await at(marja, THANKS, "Take back").click();
  await expect(marja.page.locator(".thread")).toContainText("You took this post back");
  await expect(marja.page.locator(".thread")).not.toContainText(THANKS);
  await marja.page.locator(".toasts").getByRole("button", { name: "Undo" }).click();
  await expect(post(marja, THANKS)).toBeVisible();

  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
  await expect(at(marja, QUESTION, /^Same question/)).toContainText("1");

  await server.stop();
  await at(marja, "Since Monday.", "Quote").click();
  await marja.page.getByLabel("Reply to the discussion").fill("And who does the work?");
  await marja.page.getByRole("button", { name: /^Send/ }).click();
  await at(marja, "Since Monday.", "Mark as answer").click();
  await expect(marja.page.locator(".post--ans")).toContainText("Since Monday.");
  await at(pekka, THANKS, "Reply").click();
  await say(pekka, SECOND);
  await expect(post(pekka, SECOND)).toContainText("in reply to Marja Koskela");
  await Promise.all([marja.restartsBrowser(), pekka.restartsBrowser()]);
  await expect(marja.page.locator(".post--ans")).toContainText("Since Monday.");

  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
  for (const person of [marja, pekka]) {
    await onceEach(person, QUESTION, "Since Monday.", THANKS, SECOND, "And who does the work?");
    await expect(person.page.locator(".post--ans")).toHaveCount(1);
    await expect(person.page.locator(".post blockquote")).toContainText("Since Monday.");
    await expect(person.page.getByRole("complementary", { name: "About the discussion" })).toContainText("Answered");
  }
  expect(await said(marja)).toEqual(await said(pekka));
});

test("Q68 what is new is marked in the list and in the discussion, and read on one device it is read on the other", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const laptop = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await pekka.go("Discussions");
  await ask(pekka, SUBJECT, QUESTION, { topic: true });
  await pekka.sees("Synced");
  await marja.go("Discussions");
  await laptop.go("Discussions");
  await expect(row(marja, SUBJECT)).toContainText("new posts");
  await expect(row(laptop, SUBJECT)).toContainText("new posts");
  await open(marja, SUBJECT);
  await marja.sees("Synced");
  await expect(row(laptop, SUBJECT)).not.toContainText("new posts");

  await marja.go("Discussions");
  await say(pekka, FIRST);
  await say(pekka, SECOND);
  await pekka.sees("Synced");
  await expect(row(marja, SUBJECT)).toContainText("new posts");
  await expect(row(marja, SUBJECT)).toContainText("3 posts");
  await open(laptop, SUBJECT);
  await expect(laptop.link("2 new")).toBeVisible();
  await expect(laptop.page.locator(".newline + .post")).toContainText(FIRST);
  await laptop.sees("Synced");
  await expect(row(marja, SUBJECT)).not.toContainText("new posts");
});

test("Q86 in a long discussion what is not drawn stays new until it is", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await pekka.go("Discussions");
  await ask(pekka, SUBJECT, QUESTION, { topic: true });
  for (let at = 10; at < 75; at += 1) await say(pekka, `Step ${at} is done.`);
  await pekka.sees("Synced");
  await marja.go("Discussions");
  await expect(row(marja, SUBJECT)).toContainText("66 posts");
  await open(marja, SUBJECT);
  await expect(post(marja, "Step 69 is done.")).toBeVisible();
  await expect(post(marja, "Step 70 is done.")).toHaveCount(0);
  await marja.sees("Synced");
  await marja.go("Discussions");
  await expect(row(marja, SUBJECT)).toContainText("new posts");
  await open(marja, SUBJECT);
  await expect(marja.link("5 new")).toBeVisible();
  await expect(marja.page.locator(".newline + .post")).toContainText("Step 70 is done.");
  await marja.sees("Synced");
  await marja.go("Discussions");
  await expect(row(marja, SUBJECT)).not.toContainText("new posts");
});

test("Q87 a discussion gets another subject with no server too, by who asked", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await pekka.go("Discussions");
  await ask(pekka, SUBJECT, QUESTION);
  await pekka.sees("Synced");
  await open(marja, SUBJECT);
  await onceEach(marja, QUESTION);
  await server.stop();
  await pekka.button("Edit the subject").click();
  await pekka.page.getByLabel("Subject", { exact: true }).fill("Who calls the council");
  await pekka.page.reload();
  await expect(pekka.page.getByLabel("Subject", { exact: true })).toHaveValue("Who calls the council");
  await pekka.page.getByLabel("Subject", { exact: true }).fill("Who calls the council in 2027?");
  await pekka.button("Save").click();
  await expect(pekka.page.getByRole("heading", { level: 1, name: "Who calls the council in 2027?" })).toBeVisible();
  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await expect(marja.page.getByRole("heading", { level: 1, name: "Who calls the council in 2027?" })).toBeVisible();
  await expect(marja.button("Edit the subject")).toHaveCount(0);
  await marja.go("Discussions");
  await expect(row(marja, "Who calls the council in 2027?")).toBeVisible();
});

test("Q69 what is followed and muted is so on every device, and the list shows what one asks for", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const laptop = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await pekka.go("Discussions");
  await ask(pekka, SUBJECT, QUESTION);
  await pekka.sees("Synced");
  await marja.go("Discussions");
  await expect(row(marja, SUBJECT)).toBeVisible();
  await marja.page.getByRole("radio", { name: "Followed" }).check();
  await expect(row(marja, SUBJECT)).toHaveCount(0);
  await open(marja, SUBJECT);
  await marja.button("Follow").click();
  await expect(marja.button("Follow")).toHaveAttribute("aria-pressed", "true");
  await marja.sees("Synced");
  await laptop.visit("/discussions?show=followed");
  await expect(row(laptop, SUBJECT)).toBeVisible();
  await open(laptop, SUBJECT);
  await expect(laptop.button("Follow")).toHaveAttribute("aria-pressed", "true");
  await laptop.button("Mute").click();
  await expect(marja.button("Mute")).toHaveAttribute("aria-pressed", "true");
  await expect(marja.button("Follow")).toHaveAttribute("aria-pressed", "false");
  await marja.visit("/discussions?show=unanswered");
  await expect(row(marja, SUBJECT)).toContainText("Waiting for an answer");

  // Who follows a thing hears of what is said about it.
  await marja.go("Practices");
  await marja.page.getByRole("searchbox").first().fill("Digiopastajien");
  await marja.page.getByRole("main").getByRole("link", { name: "Digiopastajien parityöskentely" }).click();
  await marja.button("Follow").click();
  await expect(marja.button("Follow")).toHaveAttribute("aria-pressed", "true");
  await marja.sees("Synced");
  await pekka.visit(new URL(marja.page.url()).pathname);
  await ask(pekka, "How many come?", "In a week, I mean.");
  await marja.visit("/inbox");
  await expect(marja.page.getByRole("main").getByRole("listitem").filter({ hasText: "How many come?" })).toContainText("Pekka Niskanen wrote in a discussion");
});

test("Q70 a discussion that is half written is kept, and the keyboard alone names people and things in it", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await server.stop();
  await marja.go("Discussions");
  await marja.button("New discussion").first().click();
  await dialog(marja).getByLabel("Subject", { exact: true }).fill(SUBJECT);
  const box = () => dialog(marja).getByLabel("What do you want to say?");
  await box().focus();
  await marja.page.keyboard.type("Ask @niska");
  await expect(dialog(marja).getByRole("listbox").getByRole("option")).toHaveText([/@Pekka Niskanen/]);
  await marja.page.keyboard.press("Enter");
  await marja.page.keyboard.type("about it.");
  await expect(box()).toHaveValue("Ask @Pekka Niskanen about it.");
  await marja.page.keyboard.press("Escape");
  await expect(dialog(marja)).toHaveCount(0);

  await marja.restartsBrowser();
  await marja.button("New discussion").first().click();
  await expect(box()).toHaveValue("Ask @Pekka Niskanen about it.");
  await expect(dialog(marja)).toContainText("You had begun this.");
  await dialog(marja).getByRole("button", { name: /^Send/ }).click();
  await expect(marja.page.locator(".post .at")).toHaveText("@Pekka Niskanen");

  const reply = () => marja.page.getByLabel("Reply to the discussion");
  await at(marja, "about it.", "Reply").click();
  await reply().fill("One more ");
  await marja.restartsBrowser();
  await expect(reply()).toHaveValue("One more ");
  await expect(marja.page.locator(".reply__to")).toContainText("in reply to");
  await marja.button("Discard").click();
  await expect(reply()).toHaveValue("");
  await expect(marja.page.locator(".reply__to")).toHaveCount(0);
  await marja.page.locator(".toasts").getByRole("button", { name: "Undo" }).click();
  await expect(reply()).toHaveValue("One more ");
  await expect(marja.page.locator(".reply__to")).toContainText("in reply to");
  await server.start();
  await marja.noticesNetwork();
  await marja.sees("Synced");
});

test("Q71 Q84 what came of trying a practice is told on its page and becomes evidence and the adoption's result, with credit", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Garden table");
  const olli = await meet("olli-lammi");
  await expect(async () => {
    await olli.visit(path);
    await expect(olli.button("Adopt")).toBeVisible();
  }).toPass();
  await adopt(olli, path, "Balcony table");
  await olli.sees("Synced");

  await server.stop();
  await olli.visit(path);
  await olli.button("We tried this").click();
  await dialog(olli).getByLabel("What do you want to say?").fill("Twelve neighbours came, three stayed.");
  await dialog(olli).getByRole("button", { name: /^Send/ }).click();
  await expect(olli.page.getByRole("heading", { level: 1, name: "Experience: Garden table" })).toBeVisible();
  await olli.button("Use as the adoption’s result").click();
  await expect(olli.button("Use as the adoption’s result")).toHaveCount(0);
  await expect(olli.button("Use as evidence")).toHaveCount(0);
  await server.start();
  await Promise.all([marja.noticesNetwork(), olli.noticesNetwork()]);
  await olli.sees("Synced");

  await marja.visit(path);
  const talks = marja.page.getByRole("region", { name: "Discussions", exact: true });
  await talks.getByRole("link", { name: "Experience: Garden table" }).click();
  await marja.button("Use as evidence").click();
  await expect(marja.button("Use as evidence")).toHaveCount(0);
  await marja.page.locator(".tried").getByRole("link", { name: "Garden table" }).click();
  const evidence = marja.page.locator(".proofs");
  await expect(evidence).toContainText("Twelve neighbours came, three stayed.");
  await expect(evidence).toContainText("Olli Lammi");
  await expect(marja.page.locator("#adoptions")).toContainText("Twelve neighbours came");
  await evidence.getByRole("link", { name: "Told in a discussion" }).click();
  await expect(post(marja, "Twelve neighbours")).toBeVisible();

  await marja.visit(path);
  await ask(marja, "Where does the soil come from?", "From the town?", { section: "Needs behind the work" });
  await expect(marja.page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Garden table" })).toBeVisible();
  await marja.visit(path);
  await expect(talks.getByRole("listitem")).toHaveCount(2);
  await expect(talks.getByRole("listitem").filter({ hasText: "Where does the soil" })).toContainText("Needs behind the work");
  await expect(talks.getByRole("listitem").filter({ hasText: "Experience" })).not.toContainText("Needs behind the work");
});

test("Q72 a discussion with an answer, a quote and a post that waits, and the form to begin one, have no fault and do not scroll sideways", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela", { profile: { reducedMotion: "reduce" } });
  await marja.go("Discussions");
  const path = await ask(marja, SUBJECT, `${QUESTION}\n\nSee https://example.org/a-long-address-that-does-not-fit-on-one-line-of-a-small-phone`);
  await say(marja, FIRST);
  await at(marja, FIRST, "Mark as answer").click();
  await at(marja, FIRST, "Quote").click();
  await say(marja, THANKS);
  await marja.sees("Synced");
  await server.stop();
  await at(marja, THANKS, "Reply").click();
  await say(marja, SECOND);
  await at(marja, THANKS, "Take back").click();
  await marja.page.getByLabel("Reply to the discussion").pressSequentially("@p");
  await expect(marja.page.getByRole("listbox").getByRole("option").first()).toBeVisible();
  const found = await lookAt(marja, "discussion");
  await marja.visit("/discussions");
  await marja.button("New discussion").first().click();
  await expect(dialog(marja).getByLabel("Subject", { exact: true })).toBeVisible();
  found.push(...(await lookAt(marja, "new-discussion")));
  for (const language of ["fi", "sv"]) {
    await speak(marja, language);
    await marja.visit(path);
    await expect(marja.page.locator(".post--ans")).toBeVisible();
    await marja.button(word(language, "talk", "edit_subject")).click();
    await expect(marja.page.locator("#new-subject")).toHaveValue(SUBJECT);
    found.push(...(await lookAt(marja, `discussion-${language}`)));
  }
  expect(found).toEqual([]);
});
