// Who is here and who fell silent, made safe to show.
//
// What a peer claims about himself is cut to size; who he really is, the server
// has stamped. A peer who went silent stays as a ghost where he was last seen,
// until he says goodbye or comes back.

const NAME_LENGTH_MAX = 40;
const TINTS = 5;
const GHOSTS_MAX = 20;

/** The tints as plain colours, for other Yjs editors that only know those. Index 0 is tint 1. */
const COLOURS = ["#113e31", "#123f5e", "#663600", "#47305c", "#722028"];

/**
 * Keeps the roll of an awareness, without this session itself.
 * @param {import("y-protocols/awareness").Awareness} awareness
 */
export function keepRoll(awareness) {
  const seen = new Map();
  const ghosts = new Map();

  function remember(id) {
    const state = awareness.states.get(id);
    if (id === awareness.clientID || state === undefined) return;
    seen.set(id, state);
    ghosts.delete(id);
    for (const [other, ghost] of ghosts) if (ghost?.user?.name === state?.user?.name) ghosts.delete(other);
  }
  function part(id, fellSilent) {
    const last = seen.get(id);
    seen.delete(id);
    if (fellSilent && last !== undefined && ghosts.size < GHOSTS_MAX) ghosts.set(id, last);
    else ghosts.delete(id);
  }

  return {
    /** Takes a change event of the awareness into account. */
    note({ added, updated, removed }, fellSilent) {
      for (const id of [...added, ...updated]) remember(id);
      for (const id of removed) part(id, fellSilent);
    },
    /** Returns what may be shown of each peer. A ghost has an id of its own, so that it is drawn anew. */
    shown() {
      const states = new Map();
      for (const [id, state] of awareness.states) states.set(id, safe(id, state, false));
      for (const [id, state] of ghosts) states.set(`ghost-${id}`, safe(id, state, true));
      states.delete(awareness.clientID);
      return states;
    },
  };
}

/**
 * Describes a person for others, this editor and foreign ones.
 * @param {{ name?: string, color?: number }} user
 * @param {number} id
 */
export function describe({ name = "", color }, id) {
  const tint = tintOf(color, id);
  return { name, tint, color: COLOURS[tint - 1] };
}

function tintOf(claimed, id) {
  return Number.isInteger(claimed) && claimed >= 1 && claimed <= TINTS ? claimed : (id % TINTS) + 1;
}

function safe(id, state, ghost) {
  const claimed = state?.user;
  const name = typeof claimed?.name === "string" ? claimed.name.slice(0, NAME_LENGTH_MAX) : "";
  const cursor = isPlace(state?.cursor?.anchor) && isPlace(state.cursor.head) ? state.cursor : null;
  return { user: { ...describe({ name, color: claimed?.tint }, id), ghost }, cursor };
}

const isCount = (value) => Number.isInteger(value) && value >= 0;

const isId = (id) => id === null || id === undefined || (isCount(id.client) && isCount(id.clock));

/** Says whether a claimed position has the shape that Yjs can resolve without throwing. */
function isPlace(place) {
  if (typeof place !== "object" || place === null) return false;
  const name = place.tname;
  return isId(place.item) && isId(place.type) && (name === null || name === undefined || typeof name === "string");
}
