/*
 * Pasted HTML made harmless before a browser parses it.
 *
 * Every tag is written anew with the few attributes that are read later; `style` is renamed, since a
 * parser under a strict Content-Security-Policy reports each one. Comments, programs and whatever
 * else is never seen are left out; style sheets are handed over as text.
 */
const TAG = /<(\/?)([a-z][^\s/>]*)/iy;
const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*|=[^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/y;
const END_OF_TAG = /[\s/]*>?/y;

const KEPT = new Set(
  ("alt aria-label aria-level aria-roledescription class colspan data-id data-pm-slice dir face height hidden href"
    + " id o:title reversed role rowspan src start title type width").split(" "),
);
/* Elements whose content is never shown, up to their end tag whatever stands in it. */
const UNSEEN = new Set(
  "script style title xml iframe noembed noframes noscript object applet textarea select template".split(" "),
);
/* Named in what is missing, although nothing of them is read. */
const NAMED = new Set(["iframe", "object"]);
/* Tags that would set up a document, or change how all that follows is parsed. */
const LEFT_OUT = new Set("html head body meta link base plaintext frameset frame form image".split(" "));
const RENAMED = { svg: "x-svg", math: "x-math", xmp: "pre", listing: "pre" };
const IN_TABLES = new Set("tr td th tbody thead tfoot".split(" "));

function attributes(html, place) {
  const list = [];
  ATTRIBUTE.lastIndex = place;
  for (let end = place; ; end = ATTRIBUTE.lastIndex) {
    const found = ATTRIBUTE.exec(html);
    if (!found) {
      END_OF_TAG.lastIndex = end;
      END_OF_TAG.exec(html);
      return [list, END_OF_TAG.lastIndex];
    }
    const name = found[1].toLowerCase();
    const value = (found[2] ?? found[3] ?? found[4] ?? "").replaceAll('"', "&quot;");
    if (name === "style") list.push(` data-css="${value}"`);
    else if (KEPT.has(name) || /^data-[a-z-]+$/.test(name) && name !== "data-css") list.push(` ${name}="${value}"`);
  }
}

/* Where a comment, a declaration or a processing instruction ends. */
function afterComment(html, place) {
  if (!html.startsWith("<!--", place)) return html.indexOf(">", place) + 1 || html.length;
  if (/^<!---?>/.test(html.slice(place, place + 6))) return html.indexOf(">", place) + 1;
  const end = html.indexOf("-->", place + 4);
  return end < 0 ? html.indexOf(">", place) + 1 || html.length : end + 3;
}

/* The place of an element's end tag; its own place again when it has none. */
function endOf(name, html, place, absent) {
  if (absent.has(name)) return place;
  const pattern = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  pattern.lastIndex = place;
  const found = pattern.exec(html);
  if (!found) absent.add(name);
  return found ? found.index : place;
}

/* The same HTML with nothing in it that acts, and the text of its style sheets. */
export function scan(html) {
  const parts = [], sheets = [], absent = new Set();
  let place = 0, tables = 0;
  while (place < html.length) {
    let start = html.indexOf("<", place);
    if (start < 0) start = html.length;
    parts.push(html.slice(place, start));
    if (start === html.length) break;
    TAG.lastIndex = start;
    const found = TAG.exec(html);
    if (!found) {
      const mark = html[start + 1];
      const comment = mark === "!" || mark === "?" || mark === "/";
      if (!comment) parts.push("&lt;");
      place = comment ? afterComment(html, start) : start + 1;
      continue;
    }
    const [, slash, spelt] = found;
    const name = spelt.toLowerCase();
    const [list, end] = attributes(html, TAG.lastIndex);
    place = end;
    if (UNSEEN.has(name)) {
      if (slash) continue;
      const close = endOf(name, html, place, absent);
      if (name === "style") sheets.push(html.slice(place, close));
      if (NAMED.has(name)) parts.push(`<x-embed${list.join("")}></x-embed>`);
      place = close;
      continue;
    }
    if (LEFT_OUT.has(name) || !/^[a-z][\w:.-]*$/.test(name)) continue;
    if (name === "table") tables += slash ? -1 : 1;
    if (IN_TABLES.has(name) && !slash && tables < 1) {
      // Rows and cells without their table, of which a parser would make one word.
      tables = 1;
      parts.push("<table>");
    }
    parts.push(`<${slash}${RENAMED[name] || name}${slash ? "" : list.join("")}>`);
  }
  return { html: parts.join(""), sheet: sheets.join("\n") };
}
