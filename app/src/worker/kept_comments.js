/**
 * Where comments wait on this device until they have arrived: each is on the disk before anybody is
 * told that it is kept, so that no power cut takes it. Knows nothing of forms or of sending.
 */

const DATABASE = "talkoot-comments";
const STORE = "kept";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function perform(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode, { durability: "strict" });
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Gives the comments that wait, the first first; none where this browser keeps nothing. */
export async function keptComments() {
  try {
    const all = await perform("readonly", (store) => store.getAll());
    return all.sort((one, other) => (one.written < other.written ? -1 : 1));
  } catch {
    return [];
  }
}

/** Keeps a comment; false where this browser keeps nothing. */
export async function keepComment(comment) {
  try {
    await perform("readwrite", (store) => store.put(comment));
    return true;
  } catch {
    return false;
  }
}

/** Forgets a comment that arrived, or was refused for good. One that stays is sent again, which is harmless. */
export async function forgetComment({ id }) {
  try {
    await perform("readwrite", (store) => store.delete(id));
  } catch {
    // It was kept nowhere.
  }
}
