/** Mail about what is unread: turned on in the settings, read in a mail program, ended by its link. */
import { lookAt } from "./world/looking.mjs";
import { aDayPasses, certificate, PostOffice } from "./world/post_office.mjs";
import { discard, folder } from "./world/talkoot.mjs";
import { ask, open, say } from "./world/talk.mjs";
import { expect, test } from "./world/world.mjs";

const SUBJECT = "Who brings the chairs?";

test("Q85 mail about what is unread is chosen in the settings, comes through a mail server that is vouched for, and ends by its link", async ({ server, meet }) => {
  test.slow();
  const papers = await folder("certificate");
  const known = await certificate(papers);
  const [office, locked] = [await PostOffice.open(known, { isLocked: false }), await PostOffice.open(known, { isLocked: true })];
  const sendBy = async (office) => {
    server.options = ["--smtp", office.address, "--mail-from", "Talkoot <talkoot@yhdistys.example>", "--public-url", server.address];
    await server.start();
  };
  await server.stop();
  await sendBy(office);
  const marja = await meet("marja-koskela");
  const chosen = (group, name) => marja.page.getByRole("group", { name: group, exact: true }).getByRole("radio", { name, exact: true });
  const often = (name) => chosen("E-mail", name);
  const noted = (choice) => marja.page.waitForResponse((answer) => answer.ok() && answer.request().postData() === JSON.stringify(choice));
  await marja.visit("/settings");
  await expect(often("Never")).toBeChecked();
  // The last of quick choices is the one that the server knows.
  const swedish = noted({ every: "daily", language: "sv" });
  await often("Once a week").check();
  await often("Once a day").check();
  await chosen("Language of the messages", "Svenska").check();
  await swedish;
  await marja.visit("/settings");
  await expect(often("Once a day")).toBeChecked();
  await expect(chosen("Language of the messages", "Svenska")).toBeChecked();
  const english = noted({ every: "daily", language: "en" });
  await chosen("Language of the messages", "English").check();
  await english;
  const found = await lookAt(marja, "settings-mail");

  await marja.go("Discussions");
  await ask(marja, SUBJECT, "There are thirty of us.");
  await marja.sees("Synced");
  // Who looks at a discussion has read it.
  await marja.go("Home");
  const olli = await meet("olli-lammi");
  await open(olli, SUBJECT);
  await say(olli, "The secret ones are in our cellar.");
  await olli.sees("Synced");
  await server.stop();
  await marja.visit("/settings");
  await expect(marja.page.getByText("A network is needed to choose whether e-mail comes.")).toBeVisible();

  // Nobody vouches for the certificate, neither on a line that is locked nor on one that is to be.
  for (const unvouched of [locked, office]) {
    const before = server.said.length;
    await aDayPasses(server.data);
    await sendBy(unvouched);
    await expect.poll(() => server.said.slice(before)).toContain("the mail server cannot be reached");
    await server.stop();
  }
  server.surroundings = { SSL_CERT_FILE: known.file };
  await aDayPasses(server.data);
  await sendBy(office);
  await expect.poll(() => office.mails.length).toBe(1);
  await expect(often("Once a day")).toBeChecked();
  const [mail] = office.mails;
  expect(mail.isSecure).toBe(true);
  expect(mail.to).toEqual([marja.account.email]);
  for (const part of ["Olli Lammi answered your question", SUBJECT, `${server.address}/discussions/`, "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "text/html"]) {
    expect(mail.text).toContain(part);
  }
  expect(mail.text).not.toContain("secret");
  expect(locked.mails).toEqual([]);
  expect(server.said).not.toContain(marja.account.email);

  const link = /List-Unsubscribe: <([^>]+)>/.exec(mail.text)[1];
  const reader = await meet();
  await reader.page.goto(link);
  found.push(...(await lookAt(reader, "mail-end")));
  const somebody = await meet(undefined, { profile: { javaScriptEnabled: false } });
  await somebody.page.goto(link);
  await expect(somebody.heading("End the messages?")).toBeVisible();
  await somebody.button("End the messages").click();
  await expect(somebody.heading("No more messages come")).toBeVisible();
  await marja.visit("/settings");
  await expect(often("Never")).toBeChecked();
  expect(found).toEqual([]);
  await Promise.all([office.close(), locked.close(), discard(papers)]);
});
