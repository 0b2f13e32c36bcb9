/**
 * Files that another program shares with the app (the manifest's `share_target`): taken out of
 * the form that the system posts, and kept until a page asks for them. No server hears of it.
 * Knows nothing of what is in them: the app judges that, after a person has said so.
 */

/** Where the system posts the form. The server has no such address. */
export const SHARE = "/share";
/** The cache that holds the files; not one of a build's, so a new build leaves it alone. */
const SHELF = "talkoot-shared";
const NAME = "x-file-name";
/** Said in the address where the files could not be kept. */
const FAILED = "?share=failed";

/** The worker's side: keeps the files and shows the sync centre, which asks for them. */
export async function takeIn(request) {
  try {
    const files = (await request.formData()).getAll("file").filter((it) => it instanceof File);
    // Any site can post here: what an earlier form left does not pile up.
    await caches.delete(SHELF);
    if (files.length > 0) await keep(files);
    return shown("");
  } catch {
    // No room, or a form that is none.
    return shown(FAILED);
  }
}

async function keep(files) {
  const shelf = await caches.open(SHELF);
  for (const [place, file] of files.entries()) {
    const headers = { "content-type": "application/octet-stream", [NAME]: encodeURIComponent(file.name) };
    await shelf.put(`${SHARE}/${place}`, new Response(file, { headers }));
  }
}

function shown(said) {
  return Response.redirect(`/sync${said}`, 303);
}

/** The page's side: gives the files that wait, once; `false` where they could not be kept. */
export async function handOver() {
  if (location.search === FAILED) {
    history.replaceState(history.state, "", location.pathname);
    return false;
  }
  if (!("caches" in window) || !(await caches.has(SHELF))) return undefined;
  const shelf = await caches.open(SHELF);
  const kept = await shelf.matchAll();
  await caches.delete(SHELF);
  const file = async (it) => new File([await it.blob()], decodeURIComponent(it.headers.get(NAME) ?? ""));
  return kept.length > 0 ? Promise.all(kept.map(file)) : undefined;
}
