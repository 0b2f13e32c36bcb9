/** The second part of the program does not come at first: it is said, and comes when asked again. */
import { expect, test } from "./world/world.mjs";

const SECOND_PART = /\/assets\/split_later-/;

test("B5 a screen whose part of the program is out of reach says so, and comes by trying again", async ({ meet }) => {
  const marja = await meet("marja-koskela", { signIn: false });
  const { context } = marja.profile;
  await context.route(SECOND_PART, (route) => route.abort());
  await marja.visit("/sign-in");
  await marja.fillIn(marja.account.email, marja.account.password);
  await expect(marja.link("Documents").first()).toBeVisible();
  await marja.visit("/settings");
  await expect(marja.heading("This screen is not on this device yet")).toBeVisible();
  await context.unroute(SECOND_PART);
  await marja.button("Try again").click();
  await expect(marja.heading("Settings")).toBeVisible();
  // It is drawn in the same workspace: it knows who is here.
  await expect(marja.page.locator("main")).toContainText(marja.account.email);
  await marja.sees("Synced");
});
