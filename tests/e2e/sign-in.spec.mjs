/** The door: a wrong password, signing out, reading without an account and coming in from there. */
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

  const [secret, notice] = [draft, open].map((writing) => writing.path.replace(/\/edit$/, ""));
  const somebody = await meet();
  await somebody.visit("/");
  await expect(somebody.heading("Documents")).toBeVisible();
  await expect(somebody.page.getByText("Salainen kanarialintu")).toHaveCount(0);
  // Behind the door the service worker comes: then the page is fetched, and nothing of it doubles.
  await somebody.visit("/sign-in");
  await somebody.canStartOffline();
  await somebody.link("Read without signing in").click();
  await expect(somebody.heading("Documents")).toBeVisible();
  for (const path of ["/documents", secret]) {
    await somebody.visit(path);
    await expect(somebody.page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await expect(somebody.page.getByText("kanarialintu")).toHaveCount(0);
  }
  await somebody.visit(notice);
  await expect(somebody.heading("Avoin kuulutus")).toBeVisible();
  await expect(somebody.page.getByRole("article")).toContainText("Kaikki saavat lukea.");
  await expect(somebody.page.getByRole("main")).toHaveCount(1);
});

test("PU11 whoever signs in from a public page is led back to it, and the page is the app's", async ({ server, meet }) => {
  const marja = await meet("marja-koskela");
  const writing = await marja.begin("Paluu tänne", "Kaikki saavat lukea.");
  await marja.button("Publish").click();
  await writing.isSent();
  const path = writing.path.replace(/\/edit$/, "");
  const pekka = await meet("pekka-niskanen", { signIn: false });
  await pekka.visit(path);
  await pekka.link("Sign in").click();
  await pekka.fillIn(pekka.account.email, pekka.account.password);
  await expect(pekka.page).toHaveURL(server.address + path);
  await expect(pekka.link("Edit")).toBeVisible();
  await expect(pekka.page.getByRole("main")).toHaveCount(1);
});
