/* The document as it is written: the lead picture and the body, without paragraphs that are empty. */

import { PROSE } from "./schema.js";

function hasWords(node) {
  return Boolean(node.text?.trim()) || (node.content || []).some(hasWords);
}

export const isEmpty = (node) => PROSE.includes(node.type) && !hasWords(node);

/* The server and the editor write the parts of a node in different orders. */
const inOrder = (_key, value) => (
  value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value
);
const textOf = (value) => JSON.stringify(value, inOrder);

export const sameAs = (one, other) => textOf(one) === textOf(other);

/* A node as the server stores it: no space at the ends of a line, one space between words. */
export function tidied(node) {
  if (!node.content) return node;
  const content = node.content.map(tidied).map((child) => (
    child.type === "text" ? { ...child, text: child.text.replace(/[ \t\n]+/g, " ") } : child
  ));
  const first = content[0];
  const last = content[content.length - 1];
  if (first?.type === "text") first.text = first.text.replace(/^ +/, "");
  if (last?.type === "text") last.text = last.text.replace(/ +$/, "");
  return { ...node, content };
}

/* What the server has, with the nodes that only differ in such spaces left as they are typed. */
function asTyped(stored, typed) {
  const here = new Map(typed.map((node) => [node.attrs.id, node]));
  return stored.map((node) => {
    const mine = here.get(node.attrs.id);
    return mine && sameAs(tidied(mine), tidied(node)) ? mine : node;
  });
}

export function createDocument({ surface, lead, refs, state }) {
  let base = state.document;

  const current = () => ({
    lead: lead.getNodes(),
    body: surface.getBody().filter((node) => !isEmpty(node)),
  });

  function learn(document) {
    const attrs = [...document.lead, ...document.body].flatMap((node) => [node.attrs, ...(node.attrs?.pictures ?? [])]);
    const photos = attrs.map((each) => each.photo).filter((slug) => slug && !refs.photo(slug));
    const stories = attrs.map((each) => each.story).filter((key) => key && !refs.story(key));
    const recordings = attrs.map((each) => each.recording).filter((slug) => slug && !refs.recording(slug));
    if (photos.length || recordings.length || stories.length) refs.load({ photos, recordings, stories });
  }

  return {
    current,
    base: () => base,
    /*
     * What is on the server now is what was sent, or a document that was merged of it; `stored` where a
     * block was refused. False when the server must merge once more: somebody typed at the picture above
     * the story meanwhile.
     */
    saved(sent, merged, stored) {
      base = stored || merged || sent;
      if (!merged) return true;
      learn(merged);
      surface.rebase(sent.body, merged.body);
      if (sameAs(lead.getNodes(), sent.lead)) {
        lead.setNodes(merged.lead);
        return true;
      }
      base = { ...base, lead: sent.lead };
      return sameAs(sent.lead, merged.lead);
    },
    /* A colleague saved, and nothing is unsaved here. */
    replace(stored) {
      learn(stored);
      lead.setNodes(stored.lead);
      surface.setBody(asTyped(stored.body, surface.getBody()));
      base = stored;
    },
    /* The words of another day, which started from a document of their own. */
    takeOver(copy) {
      learn(copy.document);
      base = copy.base;
      lead.setNodes(copy.document.lead);
      surface.setBody(copy.document.body);
    },
    isChanged: () => !sameAs(current(), base) && !sameAs(current().body.map(tidied), base.body.map(tidied)) || !sameAs(lead.getNodes(), base.lead),
    words: () => current().body,
  };
}
