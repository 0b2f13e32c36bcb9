/** What axe finds on a page as it stands. */
import AxeBuilder from "@axe-core/playwright";

/** What colours decide; everything else is the same in both themes. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** Lists what axe finds, a line a rule: on the whole page or `within` a part of it. */
export async function faultsOf(page, { within, rules } = {}) {
  // In the page itself: the app has no frames, and opening a page for each look takes longer than the look.
  let axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
  if (within) axe = axe.include(within);
  if (rules) axe = axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

/** Lists what axe finds in each theme, and calls `seen` with the theme while it shows; ends in the dark. */
export async function faultsInBothThemes(page, seen = async () => {}) {
  const found = [];
  for (const [colorScheme, rules] of [["light"], ["dark", OF_COLOURS]]) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await faultsOf(page, { rules })).map((fault) => `${colorScheme}: ${fault}`));
    await seen(colorScheme);
  }
  return found;
}
