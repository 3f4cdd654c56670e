/*
 * Facts: what is shown of the photos and stories that a document only names.
 *
 * Photos are known by their slug and stories by their uuid; what is not known yet is asked for.
 */
export function createRefs({ photos = {}, stories = {} }, url) {
  const known = { photos: new Map(Object.entries(photos)), stories: new Map(Object.entries(stories)) };
  const listeners = new Set();

  function add(facts) {
    for (const [kind, found] of Object.entries(facts)) {
      for (const [key, each] of Object.entries(found)) known[kind].set(key, each);
    }
    for (const listener of listeners) listener();
  }

  async function ask(query) {
    const response = await fetch(`${url}?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return { photos: {}, stories: {} };
    const facts = await response.json();
    add({ photos: facts.photos || {}, stories: facts.stories || {} });
    return facts;
  }

  return {
    photo: (slug) => known.photos.get(slug),
    story: (uuid) => known.stories.get(uuid),
    add,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load({ photos: slugs = [], stories: uuids = [] }) {
      const query = new URLSearchParams();
      for (const slug of slugs) query.append("photos", slug);
      for (const uuid of uuids) query.append("stories", uuid);
      return ask(query).catch(() => ({ photos: {}, stories: {} }));
    },
    /* The uuid of our story at an address, or null. */
    async atAddress(address) {
      const facts = await ask(new URLSearchParams({ address })).catch(() => ({}));
      return facts.addresses?.[address] || null;
    },
  };
}
