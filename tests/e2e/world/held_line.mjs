/**
 * A line to the server on which what is given back waits until it is let go,
 * so that a test can look at what the screen says meanwhile.
 */

/** Says whether a message gives changes back: the format's version, a list of two, the tag. */
const isReturn = (message) => typeof message !== "string" && message[1] === 0x82 && message[2] === 4;

/** Holds what a person's device gives back. Call it before the first page is loaded. */
export async function holdReturns(person) {
  const held = { count: 0, waiting: [], open: false };
  await person.profile.context.routeWebSocket(/\/api\/socket/, (near) => {
    const far = near.connectToServer();
    near.onMessage((message) => {
      if (held.open || !isReturn(message)) return far.send(message);
      held.count += 1;
      held.waiting.push(() => far.send(message));
    });
  });
  held.letGo = () => {
    held.open = true;
    for (const send of held.waiting) send();
  };
  return held;
}
