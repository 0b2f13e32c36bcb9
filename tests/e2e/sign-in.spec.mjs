/** The door: a wrong password, signing out, reading without an account. */
import { expect, test } from "./world/world.mjs";

test("Q6 a wrong password is said in plain words and nothing is lost", async ({ meet }) => {
  const marja = await meet("marja-koskela", { signIn: false });
  await marja.visit("/sign-in");
  await marja.fillIn(marja.account.email, "wrong-password-entirely");
  const fault = marja.page.getByRole("alert").filter({ hasText: "The e-mail or the password is not right" });
  await expect(fault).toBeVisible();
  await expect(fault).not.toContainText(/wrong_credentials|401/);
  await expect(marja.page.getByLabel("E-mail", { exact: true })).toHaveValue(marja.account.email);
  await marja.fillIn(marja.account.email, marja.account.password);
  await expect(marja.link("Documents").first()).toBeVisible();
});

test("Q6 signing in without a network says so", async ({ server, meet }) => {
  const marja = await meet("marja-koskela", { signIn: false });
  await marja.visit("/sign-in");
  await marja.canStartOffline();
  await server.stop();
  await marja.fillIn(marja.account.email, marja.account.password);
  await expect(marja.page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible();
});

test("Q7, L15 signing out keeps what was not sent, and it goes out after signing in again", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  await server.stop();
  const writing = await marja.begin("Lähtee myöhemmin", "Tämä jäi lähettämättä.");
  await marja.sees(/changes? waiting/);
  await marja.visit("/settings");
  await expect(marja.page.getByRole("main").getByText(/stays? on this device and leaves? when you sign in again/i)).toBeVisible();
  await marja.page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(marja.button("Sign in")).toBeVisible();

  await server.start();
  await marja.signIn();
  const pekka = await meet("pekka-niskanen");
  await pekka.read(writing.path);
  await expect(pekka.text).toHaveText(["Tämä jäi lähettämättä."]);
});

test("Q8 without an account one reads what is published and nothing else", async ({ meet }) => {
  const marja = await meet("marja-koskela");
  const draft = await marja.begin("Salainen kanarialintu", "Luonnos, jota muut eivät näe.");
  await draft.isSent();
  const open = await marja.begin("Avoin kuulutus", "Kaikki saavat lukea.");
  await marja.button("Publish").click();
  await marja.sees("Synced");

  const somebody = await meet();
  await somebody.visit("/sign-in");
  await somebody.button("Read without signing in").click();
  await somebody.go("Documents");
  await somebody.page.getByRole("searchbox").fill("Avoin kuulutus");
  await expect(somebody.link("Avoin kuulutus")).toBeVisible();
  await somebody.page.getByRole("searchbox").fill("kanarialintu");
  await expect(somebody.link("Salainen kanarialintu")).toHaveCount(0);
  await expect(somebody.button("New document")).toHaveCount(0);
  await somebody.visit(draft.path);
  await expect(somebody.page.getByText("Luonnos, jota muut eivät näe.")).toHaveCount(0);
  await somebody.visit(open.path);
  await expect(somebody.text).toHaveText(["Kaikki saavat lukea."]);
  await expect(somebody.link("Edit")).toHaveCount(0);
});
