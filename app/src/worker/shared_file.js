/**
 * A file that another program shares with the app (the manifest's `share_target`): taken out of
 * the form that the system posts, and kept until a page asks for it. No server hears of it.
 * Knows nothing of what is in it: the app judges that, after a person has said so.
 */

/** Where the system posts the form. The server has no such address. */
export const SHARE = "/share";
/** The cache that holds the file; not one of a build's, so a new build leaves it alone. */
const SHELF = "talkoot-shared";
const NAME = "x-file-name";
/** Said in the address where the file could not be kept. */
const FAILED = "?share=failed";

/** The worker's side: keeps the file and shows the sync centre, which asks for it. */
export async function takeIn(request) {
  try {
    const file = (await request.formData()).get("file");
    if (!(file instanceof File)) return shown("");
    const headers = { "content-type": "application/octet-stream", [NAME]: encodeURIComponent(file.name) };
    const shelf = await caches.open(SHELF);
    await shelf.put(SHARE, new Response(file, { headers }));
    return shown("");
  } catch {
    // No room, or a form that is none.
    return shown(FAILED);
  }
}

function shown(said) {
  return Response.redirect(`/sync${said}`, 303);
}

/** The page's side: gives the file that waits, once; `false` where one could not be kept. */
export async function handOver() {
  if (location.search === FAILED) {
    history.replaceState(history.state, "", location.pathname);
    return false;
  }
  if (!("caches" in window) || !(await caches.has(SHELF))) return undefined;
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(SHARE);
  await caches.delete(SHELF);
  if (!kept) return undefined;
  return new File([await kept.blob()], decodeURIComponent(kept.headers.get(NAME) ?? ""));
}
