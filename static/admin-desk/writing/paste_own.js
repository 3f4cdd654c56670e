/*
 * Nodes of our own editor in pasted HTML: nothing is taken over but what a node may hold.
 */
const ATTRS = {
  caption: ["photo", "caption", "credit", "alt"],
  gallery: ["title", "pictures"],
  relatedlink: ["label", "story", "url", "title", "headline"],
  pullquote: ["text", "attribution"],
  embed: ["url", "title", "provider", "photo"],
  table: ["title", "source", "head", "cells"],
  chart: ["shape", "title", "description", "unit", "decimal", "source", "note", "cells"],
  film: ["recording", "title", "caption", "credit"],
  sound: ["recording", "title", "caption", "credit"],
  alternative: ["about", "field", "text", "who"],
};
/* Without this a node says nothing. */
const NEEDED = { caption: "photo", film: "recording", sound: "recording", alternative: "about" };
const FORMS = {
  photo: /^[\p{L}\p{N}_-]{1,200}$/u,
  recording: /^[\p{L}\p{N}_-]{1,200}$/u,
  label: /^(?:watch|read|listen|live)?$/,
  story: /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i,
  url: /^(?:https?:\/\/[^\s"<>]+)?$/i,
  about: /^[A-Za-z0-9-]{1,40}$/,
  field: /^[a-z_]*$/,
  head: /^(?:column|both|none)?$/,
  shape: /^(?:bar|line|stacked)?$/,
  decimal: /^(?:comma)?$/,
};
const LONGEST = 10_000;
const MOST_PICTURES = 100;
const LONGEST_CELLS = 400_000; // with their markup
const MOST_ROWS = 500;
const NODES = new Set(["paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote"]);

/* What a node of a kind of ours holds; null for every other element. */
export function attrsOf(element) {
  const { kind } = element.dataset;
  if (!Object.hasOwn(ATTRS, kind)) return null;
  const attrs = {};
  for (const name of ATTRS[kind]) {
    attrs[name] = name === "pictures" ? picturesIn(element.dataset[name]) : valueOf(name, element.dataset[name]);
  }
  return attrs[NEEDED[kind]] === "" ? null : attrs;
}

function valueOf(name, given) {
  const text = String(given ?? "");
  if (name === "cells") return text.slice(0, LONGEST_CELLS).split("\n", MOST_ROWS).join("\n");
  const value = text.slice(0, LONGEST);
  return !FORMS[name] || FORMS[name].test(value) ? value : "";
}

/* The pictures of a gallery, as text; without ids, so that copies get ids of their own. */
function picturesIn(text) {
  let list = [];
  try {
    list = JSON.parse(text || "[]");
  } catch {
    // Nothing of ours.
  }
  const pictures = (Array.isArray(list) ? list : [])
    .slice(0, MOST_PICTURES)
    .map((each) => Object.fromEntries(ATTRS.caption.map((name) => [name, valueOf(name, each?.[name])])))
    .filter(({ photo }) => photo);
  return JSON.stringify(pictures);
}

export function idOf(element) {
  const { id } = element.dataset;
  return /^[A-Za-z0-9-]{1,40}$/.test(id || "") ? id : undefined;
}

/* How ProseMirror tells where a copied piece was cut: "1 1 []". */
export function sliceOf(element) {
  const [, cut, around] = /^(\d{1,2} \d{1,2}(?: -\d{1,2})?) (\[.*\])$/.exec(element.getAttribute("data-pm-slice") || "") || [];
  if (!cut) return undefined;
  try {
    const list = JSON.parse(around);
    const isOurs = list.every((part, place) => (place % 2 ? part === null || typeof part === "object" : NODES.has(part)));
    return isOurs ? `${cut} ${JSON.stringify(list.map((part, place) => (place % 2 ? attrsOnly(part) : part)))}` : undefined;
  } catch {
    return undefined;
  }
}

function attrsOnly(attrs) {
  const kept = Object.entries(attrs || {}).filter(
    ([name, value]) => (name === "id" && /^[A-Za-z0-9-]{1,40}$/.test(value)) || (name === "level" && (value === 2 || value === 3)),
  );
  return kept.length ? Object.fromEntries(kept) : null;
}
