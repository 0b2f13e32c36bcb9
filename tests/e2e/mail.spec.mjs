/** Mail about what is unread: turned on in the settings, read in a mail program, ended by its link. */
import { lookAt } from "./world/looking.mjs";
import { aDayPasses, PostOffice } from "./world/post_office.mjs";
import { ask, open, say } from "./world/talk.mjs";
import { expect, test } from "./world/world.mjs";

const SUBJECT = "Who brings the chairs?";

test("Q85 mail about what is unread is chosen in the settings, comes through a mail server that is vouched for, and ends by its link", async ({ server, meet }) => {
  test.slow();
  const [plain, unvouched] = [await PostOffice.open(), await PostOffice.open({ locked: true })];
  const sendBy = async (office) => {
    server.options = ["--smtp", office.address, "--mail-from", "Talkoot <talkoot@yhdistys.example>", "--public-url", server.address];
    await server.start();
  };
  await server.stop();
  await sendBy(plain);
  const marja = await meet("marja-koskela");
  const often = (name) => marja.page.getByRole("group", { name: "E-mail" }).getByRole("radio", { name, exact: true });
  await marja.visit("/settings");
  await expect(often("Never")).toBeChecked();
  const noted = marja.page.waitForResponse((answer) => answer.request().method() === "PUT" && answer.ok());
  await often("Once a day").check();
  await noted;
  const found = await lookAt(marja, "settings-mail");

  await marja.go("Discussions");
  await ask(marja, SUBJECT, "There are thirty of us.");
  await marja.sees("Synced");
  const olli = await meet("olli-lammi");
  await open(olli, SUBJECT);
  await say(olli, "The secret ones are in our cellar.");
  await olli.sees("Synced");
  await server.stop();
  await marja.visit("/settings");
  await expect(marja.page.getByText("A network is needed to choose whether e-mail comes.")).toBeVisible();

  await aDayPasses(server.data);
  await sendBy(unvouched);
  await expect.poll(() => server.said).toContain("the mail server cannot be reached");
  await expect(often("Once a day")).toBeChecked();
  await server.stop();
  await aDayPasses(server.data);
  await sendBy(plain);
  await expect.poll(() => plain.mails.length).toBe(1);
  const [mail] = plain.mails;
  expect(mail.to).toEqual([marja.account.email]);
  for (const part of ["Olli Lammi answered your question", SUBJECT, `${server.address}/discussions/`, "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "text/html"]) {
    expect(mail.text).toContain(part);
  }
  expect(mail.text).not.toContain("secret");
  expect(unvouched.mails).toEqual([]);
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
  await Promise.all([plain.close(), unvouched.close()]);
});
