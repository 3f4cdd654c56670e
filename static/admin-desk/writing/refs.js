/*
 * Facts: what is shown of the photos, recordings and stories that a document only names.
 *
 * Photos and recordings are known by their slug and stories by their uuid; what is not known yet is asked for.
 */
import { createAsker } from "./asker.js";

export function createRefs({ photos = {}, recordings = {}, stories = {}, gone = [] }, url) {
  const goneEmbeds = new Set(gone);
  const given = { photos, recordings, stories };
  const known = Object.fromEntries(Object.entries(given).map(([kind, found]) => [kind, new Map(Object.entries(found))]));
  const wanted = Object.fromEntries(Object.keys(given).map((kind) => [kind, new Set()]));
  const listeners = new Set();
  const asker = createAsker({ address: () => `${url}?${wantedNow()}`, take: learn });

  function add(facts) {
    for (const [kind, found] of Object.entries(facts)) {
      for (const [key, each] of Object.entries(found)) known[kind].set(key, each);
    }
    for (const listener of listeners) listener();
  }

  function learn({ photos = {}, recordings = {}, stories = {} }) {
    add({ photos, recordings, stories });
  }

  /* What is asked for and not known yet. */
  function wantedNow() {
    const names = (kind) => [...wanted[kind]].filter((key) => !known[kind].has(key)).map((key) => [kind, key]);
    return new URLSearchParams(Object.keys(wanted).flatMap(names));
  }

  return {
    photo: (slug) => known.photos.get(slug),
    recording: (slug) => known.recordings.get(slug),
    story: (uuid) => known.stories.get(uuid),
    /* Whether the site of an embed has said that there is nothing any more. */
    isGone: (address) => goneEmbeds.has(address),
    add,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /* What the server does not know is not asked for each time that it is missed. */
    load(keys) {
      let isNew = false;
      for (const [kind, given] of Object.entries(keys)) {
        for (const key of given) {
          isNew ||= !wanted[kind].has(key);
          wanted[kind].add(key);
        }
      }
      if (isNew) asker.now();
    },
    /* Ask again about what somebody may have changed elsewhere. */
    again(kind, key) {
      known[kind].delete(key);
      wanted[kind].add(key);
      asker.now();
    },
    /* The uuid of our story at an address, or null. */
    async atAddress(address) {
      const response = await fetch(`${url}?${new URLSearchParams({ address })}`, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!response?.ok) return null;
      const facts = await response.json();
      learn(facts);
      return facts.addresses?.[address] || null;
    },
  };
}
