/*
 * What pasted HTML holds beside words: pictures that come with it, and what has to be named as missing.
 */
import { scan } from "./paste_scan.js";
import { tidyText } from "./paste_words.js";

const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f])+$/u;
/* Some programs describe pictures by themselves, and say so. */
const BY_MACHINE = /\s*(?:Description automatically generated.*|AI-generated content may be incorrect\.)$/is;

const IMAGE = /<img((?: [^\s=]+="[^"]*")*)>/g;
const PICTURE = / src="(data:image\/(?:png|jpe?g|webp|gif|avif|tiff|heic);base64,[A-Za-z0-9+/=\s]+)"/i;
const SIGN = / aria-roledescription="checkbox"| (?:width|height)="[0-2](?:px)?"/;

/* Elements that are named, and as what. */
export const MISSING = { "x-embed": "embed", embed: "embed", video: "video", audio: "audio", "x-math": "formula" };
const LONGEST = 200;

function fileName(address) {
  const name = (address || "").split(/[?#]/)[0].split(/[\\/]/).pop();
  try {
    return tidyText(decodeURIComponent(name));
  } catch {
    return tidyText(name);
  }
}

/* {kind, words} of an element that does not come along. */
export function missedOf(element) {
  const kind = MISSING[element.localName] || "picture";
  const label = element.getAttribute("title") || element.getAttribute("aria-label");
  const words = kind === "formula" ? element.textContent : label || fileName(element.getAttribute("src"));
  return { kind, words: tidyText(words).slice(0, LONGEST) };
}

const isTiny = (element) => ["width", "height"].some((name) => /^[0-2](?:px)?$/.test(element.getAttribute(name) || ""));

/* {emoji} for one that stands for a sign, {missing} for one that did not come along. */
export function pictureOf(element) {
  const alt = tidyText((element.getAttribute("alt") || element.getAttribute("o:title") || "").replace(BY_MACHINE, ""));
  if (alt && EMOJI.test(alt)) return { emoji: alt };
  const source = element.getAttribute("src") || "";
  if (/^(?:data|blob):/i.test(source) || isTiny(element) || element.getAttribute("aria-roledescription") === "checkbox") return {};
  const name = /^cid:/i.test(source) ? source.slice(4).split("@")[0] : fileName(source);
  const words = alt || tidyText(element.getAttribute("title") || "") || name;
  return words || source ? { missing: { kind: "picture", words } } : {};
}

/* The data: addresses of the pictures in pasted HTML, for the library. */
export function picturesIn(html) {
  if (!/data:image/i.test(html)) return [];
  const images = [...scan(html).html.matchAll(IMAGE)].map(([, attributes]) => attributes);
  const addresses = images.filter((each) => !SIGN.test(each)).map((each) => PICTURE.exec(each)?.[1].replace(/\s+/g, ""));
  return [...new Set(addresses.filter(Boolean))];
}
