/** The library and the form of a practice with no mouse; and what a printer gets of a practice. */
import { Keyboard } from "./world/keyboard.mjs";
import { screensOf, settled } from "./world/screens.mjs";
import { expect, test } from "./world/world.mjs";

const count = (person) => person.page.getByRole("heading", { level: 2, name: /^\d+ practices?$/ });
const box = (person, name) => person.page.getByRole("textbox", { name, exact: true });

/** Ticks a choice. */
async function tick(keyboard, choice) {
  await keyboard.tabTo(choice);
  await keyboard.page.keyboard.press("Space");
  await expect(choice).toBeChecked();
}

test("Q25 the keyboard alone narrows the library, keeps the filter and opens a practice", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const keyboard = new Keyboard(marja);
  await keyboard.press(marja.link("Practices").first());
  await expect(count(marja)).toBeVisible();
  const all = await count(marja).innerText();
  const trial = marja.page.getByRole("checkbox", { name: /^Trial/ });
  await tick(keyboard, trial);
  await expect(count(marja)).not.toHaveText(all);
  const narrowed = await count(marja).innerText();
  await expect(trial).toBeFocused();

  await keyboard.press(marja.button("Save this filter"));
  await keyboard.type(marja.page.getByLabel("Name of the filter"), "Kokeilut");
  await marja.page.keyboard.press("Enter");
  await keyboard.press(marja.button("Remove filter: Trial"));
  await expect(count(marja)).toHaveText(all);
  await expect(count(marja)).toBeFocused();
  await keyboard.press(marja.link("Kokeilut"));
  await expect(count(marja)).toHaveText(narrowed);

  const card = marja.page.getByRole("main").getByRole("heading", { level: 3 }).getByRole("link").first();
  const name = await card.innerText();
  await keyboard.press(card);
  await expect(marja.heading(name)).toBeVisible();
  await marja.page.goBack();
  await expect(count(marja)).toHaveText(narrowed);
});

test("Q26 the keyboard alone writes a practice and publishes it", async ({ meet }) => {
  test.slow();
  const marja = await meet("marja-koskela");
  const keyboard = new Keyboard(marja);
  await keyboard.press(marja.link("Practices").first());
  await keyboard.press(marja.button("New practice").first());
  await settled(marja);
  await expect(box(marja, "Name")).toBeFocused();
  await marja.page.keyboard.type("Näppäimillä");
  await keyboard.type(box(marja, "Short description"), "Kirjoitettu ilman hiirtä.");
  const phase = marja.page.getByLabel("Phase", { exact: true });
  await keyboard.tabTo(phase);
  await marja.page.keyboard.type("Tri");
  await expect(phase.locator("option:checked")).toHaveText("Trial");
  const needs = box(marja, "Needs behind the work");
  await keyboard.writeAtEnd(needs, "Kaikilla ei ole hiirtä.");
  await marja.page.keyboard.press("Escape");
  await marja.page.keyboard.press("Tab");
  await expect(needs).not.toBeFocused();
  await keyboard.press(marja.button("Publish"));
  await expect(marja.button("Unpublish")).toBeVisible();
  await marja.sees("Synced");
  await keyboard.press(marja.link("Reading view"));
  await expect(marja.heading("Näppäimillä")).toBeVisible();
  await expect(marja.page.getByText("Kaikilla ei ole hiirtä.").first()).toBeAttached();
});

test("Q27 a practice is printed without the frame of the app, and fits the paper", async ({ meet }) => {
  const marja = await meet("marja-koskela", { profile: { viewport: { width: 703, height: 1000 } } });
  const { path } = (await screensOf(marja)).find(({ name }) => name === "practice");
  await marja.visit(path);
  await settled(marja);
  await marja.page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(marja.page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(marja.page.getByRole("banner").getByRole("button")).toHaveCount(0);
  for (const role of ["button", "searchbox"]) await expect(marja.page.getByRole(role)).toHaveCount(0);
  // The trail says where the page is from, also on paper.
  await expect(marja.page.getByRole("navigation")).toHaveCount(1);
  await expect(marja.page.getByRole("navigation")).toHaveClass("crumbs");
  const paper = await marja.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    return { surplus: scrollWidth - clientWidth, ink: getComputedStyle(document.querySelector("h1")).color };
  });
  expect(paper.surplus).toBeLessThanOrEqual(0);
  const [red, green, blue] = paper.ink.match(/\d+/g).map(Number);
  expect(Math.max(red, green, blue)).toBeLessThan(100);
});
