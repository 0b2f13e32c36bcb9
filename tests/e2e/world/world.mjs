/**
 * What every scenario starts from: its own server with the example programme,
 * and people who come with a browser each. Everything is gone afterwards.
 */
import { expect, test as base } from "@playwright/test";

import { Person } from "./person.mjs";
import { ACCOUNTS, discard, emptyData, exampleData, Server } from "./talkoot.mjs";

export { expect };

export const test = base.extend({
  example: [
    async ({}, use) => {
      const data = await exampleData();
      await use(data);
      await discard(data);
    },
    { scope: "worker" },
  ],

  /** Whether a scenario wants the example programme or an empty workspace. */
  empty: [false, { option: true }],

  server: async ({ example, empty }, use, info) => {
    const template = empty ? await emptyData(Object.values(ACCOUNTS)) : example;
    const server = await Server.over(template);
    if (empty) await discard(template);
    await server.start();
    await use(server);
    if (info.status !== info.expectedStatus) await info.attach("server", { body: server.said });
    await server.remove();
  },

  /** Brings a person: `await meet("marja-koskela")` is signed in, `await meet()` is nobody in particular. */
  meet: async ({ server }, use, info) => {
    const present = [];
    await use(async (key, options = {}) => {
      const person = await Person.come(server, ACCOUNTS[key], options);
      present.push(person);
      if (person.account && options.signIn !== false) await person.signIn();
      return person;
    });
    const failed = info.status !== info.expectedStatus;
    for (const person of present) {
      if (failed) await person.leaveTraces(info);
      await person.leave();
      expect.soft(person.profile.complaints, "errors that no page caught").toEqual([]);
    }
  },
});
