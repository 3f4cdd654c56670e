/*
 * Typographer's quotation marks and dashes of the story's language, as one types.
 *
 * The sign before decides whether a quotation opens or closes. Undo, or Backspace at once, gives the
 * plain sign back. Addresses and the words of links are left as they are typed.
 */
import { Extension, InputRule } from "django-prose-editor/editor";

const NO_BREAK = "\u00a0";
const CURLY = ["“", "”"], LOW_HIGH = ["„", "“"], LOW_RIGHT = ["„", "”"], ANGLED = ["«", "»"];
const SINGLE = ["‘", "’"], LOW_SINGLE = ["‚", "‘"], ANGLED_SINGLE = ["‹", "›"];
const CORNERS = { double: ["「", "」"], single: ["『", "』"] };

/*
 * double, single: [opening, closing] for " and '. inner: for " in a quotation, where ' is none.
 * dash: for -- and for - between spaces. spaced: no-break spaces in quotation marks and before signs.
 */
const ENGLISH = { double: CURLY, single: SINGLE, dash: "–" };
const GERMAN = { double: LOW_HIGH, single: LOW_SINGLE };
const GUILLEMETS = { double: ANGLED, inner: CURLY };
const NORDIC = { double: ["”", "”"], single: ["’", "’"] };
const RUSSIAN = { double: ANGLED, inner: LOW_HIGH, dash: "—" };
const LANGUAGES = {
  "en-us": { dash: "—" },
  ar: GUILLEMETS,
  be: RUSSIAN,
  bg: { double: LOW_HIGH, inner: ANGLED },
  bs: { double: LOW_RIGHT },
  ca: GUILLEMETS,
  cs: GERMAN,
  da: { double: ["»", "«"], single: ["›", "‹"] },
  de: GERMAN,
  "de-ch": { double: ANGLED, single: ANGLED_SINGLE },
  el: GUILLEMETS,
  es: { ...GUILLEMETS, dash: "—" },
  et: { double: LOW_HIGH },
  fa: { double: ANGLED, single: ANGLED_SINGLE },
  fi: NORDIC,
  fr: { ...GUILLEMETS, spaced: true },
  "fr-ch": { double: ANGLED, single: ANGLED_SINGLE },
  he: { double: ["”", "”"], single: ["’", "’"] },
  hr: { double: LOW_RIGHT },
  hu: { double: LOW_RIGHT, inner: ["»", "«"] },
  is: GERMAN,
  it: GUILLEMETS,
  ja: CORNERS,
  lt: GERMAN,
  nb: { double: ANGLED },
  nn: { double: ANGLED },
  no: { double: ANGLED },
  pl: { double: LOW_RIGHT, inner: ANGLED },
  pt: GUILLEMETS,
  "pt-br": { double: CURLY },
  ro: { double: LOW_RIGHT, inner: ANGLED },
  ru: RUSSIAN,
  sk: GERMAN,
  sl: GERMAN,
  sr: { double: LOW_RIGHT },
  sv: NORDIC,
  uk: { ...RUSSIAN, dash: "—" },
  "zh-hant": CORNERS,
};

const ADDRESS = /(?:^|[\s(<“«„"])(?:https?:|www\.|mailto:)\S*$|\S@\S*$/i;
const QUOTES = /["'“”„‘’‚«»‹›「」『』]+$/;
const OPENS_AFTER = /(?:^|[\s\u00a0([{<–—/-])$/;
const ELISION = /(^|[\s\u00a0([–—-])‘(\d|(?:[nst]|em|til|tis|twas) )$/i;

/* The table's row for a language: "de-at" has that of "de". */
export function styleOf(language) {
  const code = (language || "").toLowerCase().replace("_", "-");
  return { ...ENGLISH, ...(LANGUAGES[code] || LANGUAGES[code.split("-")[0]]) };
}

const count = (text, sign) => text.split(sign).length - 1;

/* Whether a quotation was begun and not ended. */
function isOpen(text, [opening, closing]) {
  return opening === closing ? count(text, opening) % 2 === 1 : count(text, opening) > count(text, closing);
}

function double(style, before) {
  const { double: outer, inner, spaced } = style;
  const opens = OPENS_AFTER.test(before.replace(QUOTES, ""));
  if (opens) {
    const [sign] = inner && isOpen(before, outer) ? inner : outer;
    return { back: 0, text: sign + (spaced && sign === outer[0] ? NO_BREAK : "") };
  }
  const [, sign] = inner && isOpen(before, inner) ? inner : outer;
  const space = spaced && sign === outer[1] && !/[\s\u00a0]$/.test(before);
  return { back: 0, text: (space ? NO_BREAK : "") + sign };
}

/* Where a single quotation mark closes with another sign than the apostrophe, one must be open. */
function single(style, before) {
  const [opening, closing] = style.single;
  if (OPENS_AFTER.test(before.replace(QUOTES, ""))) return { back: 0, text: opening };
  const closes = closing !== "’" && isOpen(before, style.single);
  return { back: 0, text: closes ? closing : "’" };
}

/*
 * What takes the place of the end of a text whose last sign was just typed: {back, text}, `back`
 * being the length of what goes before that sign; null when it stays.
 */
export function typeset(style, text) {
  const typed = text.slice(-1), before = text.slice(0, -1);
  if (typed === '"') return double(style, before);
  if (ADDRESS.test(before)) return null;
  if (typed === "'") return single(style, before);
  if (typed === "." && /(?:^|[^.])\.\.$/.test(before)) return { back: 2, text: "…" };
  if (typed === "-" && /(?:^|[^-–—])-$/.test(before)) return { back: 1, text: style.dash };
  if (typed === "-" && /[^-–—]–$/.test(before)) return { back: 1, text: "—" };
  if (typed === " " && /[^\s-] -$/.test(before)) return { back: 1, text: `${style.dash} ` };
  if (style.single[0] === "‘" && ELISION.test(text)) {
    const [, , word] = ELISION.exec(text);
    return { back: word.length, text: `’${word}` };
  }
  if (style.spaced && /[;:?!%»]/.test(typed) && /\S $/.test(before)) return { back: 1, text: NO_BREAK + typed };
  if (style.spaced && typed === " " && /«$/.test(before)) return { back: 0, text: NO_BREAK };
  // The space is there already.
  if (style.spaced && typed === " " && /«\u00a0$/.test(before)) return { back: 0, text: "" };
  return null;
}

const isInLink = (doc, from, to) =>
  [from, to].some((place) => doc.resolve(place).marks().some((mark) => mark.type.name === "link"));

/* The editor's extension. */
export function typography(language) {
  const style = styleOf(language);
  return Extension.create({
    name: "writingTypography",
    addInputRules: () => [
      new InputRule({
        find(text) {
          const change = typeset(style, text);
          return change && { index: text.length - 1 - change.back, text: text.slice(-1 - change.back), data: change.text };
        },
        handler({ state, range, match }) {
          if (isInLink(state.doc, range.from, range.to)) return null;
          state.tr.insertText(match.data, range.from, range.to);
          return undefined;
        },
      }),
    ],
  });
}

/* The same in a field of one line or several: headline, caption. Undo gives the plain sign back. */
export function typographyIn(field, language) {
  const style = styleOf(language);
  field.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "insertText" || event.isComposing || event.data?.length !== 1) return;
    const { selectionStart: start } = field;
    const change = typeset(style, field.value.slice(0, start) + event.data);
    if (!change) return;
    event.preventDefault();
    document.execCommand("insertText", false, event.data);
    field.setSelectionRange(start - change.back, start + 1);
    document.execCommand("insertText", false, change.text);
  });
}
