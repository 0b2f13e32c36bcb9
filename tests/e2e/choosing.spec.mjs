/** Several things of a list are chosen and packed into one file; the keyboard alone does it. */
import { close, dialog, packed, test, unpack } from "./world/stick.mjs";
import { expect } from "./world/world.mjs";

const tick = (person, name) => person.page.getByRole("checkbox", { name: `Choose: ${name}`, exact: true });

test("Q48 P63 chosen documents and practices go into one file, by keyboard, and come out elsewhere", async ({ server, meet, stick }) => {
  const marja = await meet("marja-koskela");
  const pekka = await meet("pekka-niskanen");
  await server.stop();
  for (const name of ["First of three", "Second of three", "Third of three"]) {
    await marja.begin(name, "Words.");
    await marja.sees(/Only on this device|\d+ changes? waiting/);
  }
  await marja.go("Documents");
  await marja.button("Choose several").focus();
  await marja.page.keyboard.press("Enter");
  const bar = marja.page.getByRole("region", { name: /chosen|Choose from the list/ });
  await expect(bar.getByRole("button", { name: "Export transfer file" })).toBeDisabled();
  for (const name of ["First of three", "Third of three"]) {
    await tick(marja, name).focus();
    await marja.page.keyboard.press("Space");
  }
  await expect(bar.getByRole("heading", { name: "2 chosen" })).toBeVisible();
  await tick(marja, "Third of three").press("Space");
  await expect(bar.getByRole("heading", { name: "1 chosen" })).toBeVisible();
  await tick(marja, "Third of three").press("Space");
  const path = await packed(marja, stick);
  await expect(bar).toHaveCount(0);
  await expect(marja.button("Choose several")).toBeFocused();

  await unpack(pekka, path);
  await expect(dialog(pekka).getByRole("heading", { name: "Added (2)" })).toBeVisible();
  await expect(dialog(pekka).getByRole("link", { name: "Third of three" })).toBeVisible();
  await close(pekka);

  await marja.go("Practices");
  await marja.button("Choose several").click();
  const names = marja.page.getByRole("checkbox", { name: /^Choose: / });
  await names.nth(0).check();
  await names.nth(1).check();
  await expect(bar.getByRole("heading", { name: "2 chosen" })).toBeVisible();
  await packed(marja, stick, "practices.talkoot");
  await marja.button("Choose several").click();
  await names.nth(0).check();
  await bar.getByRole("button", { name: "Cancel" }).click();
  await expect(names).toHaveCount(0);
});
