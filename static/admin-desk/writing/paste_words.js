/*
 * The words of one paragraph while a paste is cleaned, each character with its marks.
 *
 * Marks are {href, bold, italic, script}; a line break is "\n". `tidy` leaves the characters that
 * people see, and one space between words.
 */
export const PLAIN = Object.freeze({ href: "", bold: false, italic: false, script: "" });

const LINE_ENDS = /\r\n?|[\v\u2028\u2029]/g;
const UNSEEN =
  /[\0-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc]/g;
const DIRECTIONS = /[\u200e\u200f\u061c]/g;
const RIGHT_TO_LEFT = /[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const JOINERS = /[\u200c\u200d]+/g;
/* What a joiner can follow: a letter of a script that joins, a mark on one, an emoji. */
const JOINS = /(?:\p{M}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|(?![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{L})$/u;
const SPACES = /[ \t\f\u00a0\u202f]+/g;
const AROUND_BREAKS = / *\n */g;
/* Russian, Czech, Polish: a word of one letter does not end a line. */
const BEFORE_NO_BREAK = /(?:[«‹§№–—\d]|(?:^|[^\p{L}])(?:\p{Lu}\p{L}?\.|\p{L}\.|[vkszuowVKSZUOWвксуоя]))$/u;
const AFTER_NO_BREAK = /^(?:[;:!?»›%‰€£$°–—])/;
const TAGS = { bold: "strong", italic: "em" };

export class Words {
  constructor(text = "", marks = []) {
    this.text = text;
    this.marks = marks;
  }

  add(text, marks) {
    this.text += text;
    for (let n = 0; n < text.length; n += 1) this.marks.push(marks);
    return this;
  }

  append(other) {
    this.text += other.text;
    for (const marks of other.marks) this.marks.push(marks);
    return this;
  }

  slice(start, end) {
    return new Words(this.text.slice(start, end), this.marks.slice(start, end));
  }

  /* As of strings; what is put in is marked as what it takes the place of. */
  replace(pattern, by) {
    const result = new Words();
    let place = 0;
    for (const found of this.text.matchAll(pattern)) {
      result.append(this.slice(place, found.index));
      result.add(by(found), this.marks[found.index]);
      place = found.index + found[0].length;
    }
    return place ? result.append(this.slice(place)) : this;
  }

  split(pattern) {
    const parts = [];
    let place = 0;
    for (const found of this.text.matchAll(pattern)) {
      parts.push(this.slice(place, found.index));
      place = found.index + found[0].length;
    }
    return [...parts, this.slice(place)];
  }

  trim() {
    const start = this.text.length - this.text.trimStart().length;
    return this.slice(start, Math.max(start, this.text.trimEnd().length));
  }

  get isBlank() {
    return !this.text.trim();
  }
}

const nothing = () => "";

function oneSpace(found) {
  const before = found.input.slice(Math.max(0, found.index - 6), found.index);
  const after = found.input.slice(found.index + found[0].length, found.index + found[0].length + 1);
  const hard = /[\u00a0\u202f]/.exec(found[0])?.[0];
  if (!hard) return " ";
  if (AFTER_NO_BREAK.test(after) || /[«‹]$/.test(before)) return hard;
  return found[0].length === 1 && /\S/.test(after) && BEFORE_NO_BREAK.test(before) ? hard : " ";
}

/* A joiner joins what stands before it: at the end of a Latin word it is dirt. */
function joiner(found) {
  return JOINS.test(found.input.slice(Math.max(0, found.index - 2), found.index).replace(/\ufe0f$/, "\u2764"))
    ? found[0][0]
    : "";
}

export function tidy(words) {
  let result = words.replace(LINE_ENDS, () => "\n").replace(UNSEEN, nothing);
  if (!RIGHT_TO_LEFT.test(result.text)) result = result.replace(DIRECTIONS, nothing);
  return result.replace(JOINERS, joiner).replace(SPACES, oneSpace).replace(AROUND_BREAKS, () => "\n").trim();
}

export function tidyText(text) {
  return tidy(new Words().add(text, PLAIN)).text.replace(/\s+/g, " ");
}

export function escape(text) {
  return text
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
    .replaceAll("\u00a0", "&nbsp;");
}

const tagsOf = (marks) => [
  ...(marks.href ? [`a href="${escape(marks.href)}"`] : []),
  ...Object.keys(TAGS).filter((name) => marks[name]).map((name) => TAGS[name]),
  ...(marks.script ? [marks.script] : []),
];

/* [tags, text] of neighbours that are marked alike; spaces take the marks that both sides share. */
function runsOf(words, without) {
  const runs = [];
  for (let n = 0; n < words.text.length; n += 1) {
    const tags = tagsOf(words.marks[n]).filter((tag) => tag !== without);
    const last = runs.at(-1);
    // A line break is a run of its own.
    const isBreak = words.text[n] === "\n" || last?.[1] === "\n";
    if (last && !isBreak && last[0].join() === tags.join()) last[1] += words.text[n];
    else runs.push([tags, words.text[n]]);
  }
  return runs.map(([tags, text], place) => {
    if (text.trim()) return [tags, text];
    const after = runs[place + 1]?.[0] || [];
    return [(runs[place - 1]?.[0] || []).filter((tag) => after.includes(tag)), text];
  });
}

/* Words as HTML, each tag open for as long as its mark holds. */
export function inlineHTML(words, without = "") {
  const end = (tag) => `</${tag.split(" ")[0]}>`;
  let html = "", open = [];
  for (const [tags, text] of [...runsOf(words, without), [[], ""]]) {
    let same = 0;
    while (same < open.length && open[same] === tags[same]) same += 1;
    html += open.slice(same).reverse().map(end).join("") + tags.slice(same).map((tag) => `<${tag}>`).join("");
    html += escape(text).replaceAll("\n", "<br>").replaceAll("&quot;", '"');
    open = tags;
  }
  return html;
}
