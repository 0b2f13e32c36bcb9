/**
 * What is published, for whoever does not work here: the page that the server wrote stays, or is
 * fetched where the worker gave the app alone, and the app is not started. Knows nothing of what
 * is in it.
 */

const PLACE = "public";
/** Where the app remembers who works here. */
const ACCOUNT = "talkoot.account";
/** What stood there while the app itself let people read without an account. */
const ANYONE = "anyone";

/** Whether this browser is somebody's who works here. */
function isMembers() {
  try {
    return ![null, ANYONE].includes(localStorage.getItem(ACCOUNT));
  } catch {
    return false;
  }
}

/** Shows whoever does not work here what is published at this address; false where the app is to start. */
export async function showPublic() {
  if (isMembers()) return false;
  if (document.getElementById(PLACE)) return true;
  try {
    const answer = await fetch(location.pathname + location.search);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const written = page.getElementById(PLACE);
    if (!written) return false;
    document.body.prepend(written);
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    return true;
  } catch {
    // Without a server there is nothing to read: the app shows its door.
    return false;
  }
}

/** Takes the published page away for the app, and brings the app's icons, which are not in it. */
export async function leavePublic() {
  const written = document.getElementById(PLACE);
  if (!written) return;
  written.remove();
  const answer = await fetch("/index.html");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const icons = page.querySelector("body > svg");
  if (icons) document.body.prepend(icons);
}
