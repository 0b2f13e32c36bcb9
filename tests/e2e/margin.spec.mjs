/** Comments and suggestions in the margin of a document, while others write in it. */
import { expect, test } from "./world/world.mjs";

/** Selects a word of the text, as with a mouse: twice on its first letters. */
async function select(writing, word) {
  await writing.box.evaluate((box, word) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node !== null && !node.data.includes(word)) node = walker.nextNode();
    const from = node.data.indexOf(word);
    box.focus();
    getSelection().setBaseAndExtent(node, from, node, from + word.length);
  }, word);
}

const card = (person, quote) => person.page.getByRole("article", { name: quote, exact: true });

test("Q81 MA4 MA5 a comment and a suggestion keep their passage while another moves and edits it with no server", async ({ server, meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  const marjas = await marja.begin("Kahvilan ohje", "Ensin tervehditään.", "Kahvila aukeaa kymmeneltä joka arki.");
  await marjas.isSent();
  const pekkas = await pekka.write(marjas.path);
  await pekkas.has("joka arki");

  await server.stop();
  await select(marjas, "kymmeneltä");
  await marja.button("Comment").click();
  await marja.page.getByLabel("Comment", { exact: true }).fill("Onko tämä liian myöhään?");
  await marja.button("Send comment").click();
  await expect(card(marja, "kymmeneltä")).toContainText("Onko tämä liian myöhään?");
  await select(marjas, "joka arki");
  await marja.button("Suggest").click();
  await marja.page.getByLabel("The passage would say").fill("maanantaisin");
  await marja.button("Send suggestion").click();
  await expect(card(marja, "joka arki")).toContainText("maanantaisin");
  await expect(marjas.box.locator(".passage")).toHaveText(["kymmeneltä", "joka arki"]);
  await pekkas.box.click();
  await pekka.page.keyboard.press("Control+Home");
  await pekka.page.keyboard.type("Aivan aluksi: ");
  await pekka.sees(/Only on this device|\d+ changes? waiting/);

  await server.start();
  await Promise.all([marja.noticesNetwork(), pekka.noticesNetwork()]);
  await Promise.all([marja.sees("Synced"), pekka.sees("Synced")]);
  await expect(pekkas.box.locator(".passage")).toHaveText(["kymmeneltä", "joka arki"]);
  await card(pekka, "kymmeneltä").getByLabel("Your reply").fill("Ei ole.");
  await card(pekka, "kymmeneltä").getByRole("button", { name: "Reply" }).click();
  await expect(card(marja, "kymmeneltä")).toContainText("Ei ole.");
  await card(pekka, "joka arki").getByRole("button", { name: "Accept" }).click();
  await pekkas.hasOnce("Aivan aluksi:", "Kahvila aukeaa kymmeneltä maanantaisin.");
  await marjas.hasOnce("Aivan aluksi:", "Kahvila aukeaa kymmeneltä maanantaisin.");
  await expect(card(marja, "joka arki")).toBeHidden();
  await card(marja, "kymmeneltä").getByRole("button", { name: "Resolve" }).click();
  await expect(card(marja, "kymmeneltä")).toBeHidden();
  await expect(marja.page.getByText("Settled: 2")).toBeVisible();
  await expect(card(pekka, "kymmeneltä")).toBeHidden();
});
