/** Comments and suggestions in the margin of a document and a practice, while others write in it. */
import { Keyboard } from "./world/keyboard.mjs";
import { lookAt } from "./world/looking.mjs";
import { answer, card, comment, on, select, suggest, typeWithin } from "./world/margin.mjs";
import { box, describe } from "./world/practice.mjs";
import { speak } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const FIRST = "Ensin tervehditään.";
const TEXT = "Kahvila aukeaa kymmeneltä joka arki.";

test("Q81 MA4 MA5 MA9 a comment and a suggestion keep their passage while another moves and edits it with no server", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const marjas = await marja.begin("Kahvilan ohje", FIRST, TEXT);
  await marjas.isSent();
  const pekkas = await pekka.write(marjas.path);
  await pekkas.has(`${FIRST}\n${TEXT}`);

  await server.stop();
  await comment(marja, marjas.box, "kymmeneltä", "Onko tämä liian myöhään?");
  await suggest(marja, marjas.box, "joka arki", "maanantaisin");
  await expect(marjas.box.locator(".passage")).toHaveText(["kymmeneltä", "joka arki"]);
  await typeWithin(pekka, pekkas.box, FIRST, 0, "Aivan aluksi: ");
  await typeWithin(pekka, pekkas.box, "kymmeneltä", 4, "-");
  await pekkas.says("Saved on this device");

  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
  for (const writing of [marjas, pekkas]) {
    await writing.hasOnce("Aivan aluksi:", "Kahvila aukeaa kymm-eneltä joka arki.");
    await expect(writing.box.locator(".passage")).toHaveText(["kymm-eneltä", "joka arki"]);
  }
  await answer(pekka, "kymmeneltä", "Ei ole.");
  await expect(card(marja, "kymmeneltä")).toContainText("Ei ole.");

  await on(pekka, "joka arki", "Accept").click();
  const accepted = "Kahvila aukeaa kymm-eneltä maanantaisin.";
  await pekkas.hasOnce("Aivan aluksi:", accepted);
  await marjas.hasOnce("Aivan aluksi:", accepted);
  await expect(card(marja, "joka arki")).toBeHidden();
  await pekka.button("Undo").click();
  await marjas.hasOnce("Aivan aluksi:", "Kahvila aukeaa kymm-eneltä joka arki.");
  await expect(marjas.box.locator(".passage")).toHaveText(["kymm-eneltä", "joka arki"]);
  await on(marja, "joka arki", "Accept").click();
  await pekkas.hasOnce("Aivan aluksi:", accepted);
  await expect(card(pekka, "joka arki")).toBeHidden();

  await on(marja, "kymmeneltä", "Resolve").click();
  await expect(card(pekka, "kymmeneltä")).toBeHidden();
  await pekka.page.getByText("Settled: 2").click();
  await pekka.button("Reopen").click();
  await expect(card(marja, "kymmeneltä")).toContainText("Onko tämä liian myöhään?");
  await pekkas.box.click();
  await pekka.page.keyboard.press("ControlOrMeta+A");
  await pekka.page.keyboard.type("Kaikki uusiksi.");
  await marjas.has("Kaikki uusiksi.");
  await expect(card(marja, "kymmeneltä")).toContainText("The passage is no longer in the text.");
  await expect(card(marja, "kymmeneltä")).toContainText("Onko tämä liian myöhään?");
});

test("Q82 the keyboard alone comments and answers in a section of a practice, and what is half written is there again", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const path = await describe(marja, "Garden table");
  await server.stop();
  const keyboard = new Keyboard(marja);
  const section = box(marja, "Tips for those who apply it");
  await section.click();
  await marja.page.keyboard.press("Home");
  await marja.page.keyboard.press("Shift+End");
  await marja.page.keyboard.press("Escape");
  await keyboard.press(marja.button("Comment"));
  await expect(marja.page.getByLabel("Comment", { exact: true })).toBeFocused();
  await marja.page.keyboard.type("Who watches it");
  await marja.visit(`${path}/edit`);
  const field = marja.page.getByLabel("Comment", { exact: true });
  await expect(field).toHaveValue("Who watches it");
  await field.focus();
  await marja.page.keyboard.press("ControlOrMeta+End");
  await marja.page.keyboard.type("?");
  await keyboard.press(marja.button("Send comment"));
  const kept = marja.page.getByRole("article", { name: /^Keep/ });
  await expect(kept).toContainText("Who watches it?");
  await expect(section.locator(".passage")).toHaveText(/^Keep/);
  await keyboard.press(kept.getByRole("button", { name: "Reply", exact: true }));
  await expect(kept.getByLabel("Your reply")).toBeFocused();
  await marja.page.keyboard.type("The last one there.");
  await keyboard.press(kept.getByRole("button", { name: /^Send/ }));
  await expect(kept.locator(".words")).toHaveText(["Who watches it?", "The last one there."]);
  await keyboard.press(kept.getByRole("button", { name: "Resolve", exact: true }));
  await expect(kept).toBeHidden();
});

test("Q83 MA10 a text with a comment, a suggestion and one whose passage is gone has no fault and does not scroll sideways", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela", { profile: { reducedMotion: "reduce" } });
  const writing = await marja.begin("Kahvilan ohje", FIRST, TEXT);
  await writing.isSent();
  await comment(marja, writing.box, "tervehditään", "Kaikki vai vain tutut?");
  await suggest(marja, writing.box, "joka arki", "maanantaisin ja torstaisin, kunnes toisin sovitaan");
  await comment(marja, writing.box, "kymmeneltä", "Katso https://example.org/pitka-osoite-joka-ei-mahdu-yhdelle-riville-puhelimessa");
  await answer(marja, "kymmeneltä", "Katsoin.");
  await select(marja, writing.box, "tervehditään");
  await marja.page.keyboard.press("Delete");
  await expect(card(marja, "tervehditään")).toContainText("The passage is no longer in the text.");
  await writing.isSent();
  const found = await lookAt(marja, "margin");
  await select(marja, writing.box, "aukeaa");
  await marja.button("Suggest").click();
  await expect(marja.page.getByLabel("The passage would say")).toBeFocused();
  found.push(...(await lookAt(marja, "margin-suggesting")));
  await marja.button("Cancel").click();
  for (const language of ["fi", "sv"]) {
    await speak(marja, language);
    await marja.visit(`${writing.path}/edit`);
    await expect(marja.page.locator("article.mc")).toHaveCount(3);
    found.push(...(await lookAt(marja, `margin-${language}`)));
  }
  await speak(marja, "en");
  await marja.visit("/discussions");
  await expect(marja.page.getByRole("heading", { level: 1, name: "Discussions" })).toBeVisible();
  await expect(marja.link("joka arki")).toHaveCount(0);
  await marja.read(writing.path);
  await marja.link("joka arki").click();
  await expect(marja.page.getByRole("heading", { level: 1, name: "joka arki" })).toBeVisible();
  found.push(...(await lookAt(marja, "margin-thread")));
  await marja.link("Open in the text").click();
  await expect(card(marja, "joka arki")).toBeVisible();
  expect(found).toEqual([]);
});
