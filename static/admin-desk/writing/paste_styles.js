/*
 * What the styles of pasted HTML mean: bold and italic, raised and lowered, lists, hidden text.
 */
const WANTED = new Set(
  ("font font-family font-size font-style font-weight vertical-align display visibility opacity clip mso-hide mso-list"
    + " mso-element margin-left margin border text-indent white-space list-style list-style-type").split(" "),
);
const DECLARATION = /([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|[^;"'])*)/g;
const COMMENTS = /\/\*[^]*?\*\/|<!--|-->/g;
/* Rules that hold for some screens only, or are none. */
const CONDITIONAL = /@(?:media|supports|font-face|page|import|keyframes)[^{;]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})/gi;
/* Classes of programs whose style sheet may have stayed behind. */
const KNOWN = {
  MsoFootnoteReference: { "vertical-align": "super" },
  MsoEndnoteReference: { "vertical-align": "super" },
  Superscript: { "vertical-align": "super" },
  Subscript: { "vertical-align": "sub" },
};
const UNSEEN_CLASSES =
  /\b(?:msoDel|TrackChangeTextDeletion|MsoCommentReference|msocomanchor|msocomtxt|sr-only|visually-?hidden|screen-reader-text)\b/i;

function declarations(text) {
  const style = {};
  for (const [, name, value] of text.matchAll(DECLARATION)) {
    const key = name.toLowerCase();
    if (WANTED.has(key)) style[key] = value.replace(/!important/i, "").trim().toLowerCase();
  }
  return style;
}

/* The rules of a style sheet that are about classes, and the lists that Word declares in it. */
function rules(sheet) {
  const classes = new Map(), lists = new Map();
  const text = sheet.replace(COMMENTS, "").replace(CONDITIONAL, "");
  for (const [, selectors, body] of text.matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    const list = /@list\s+(\w+):level(\d+)/i.exec(selectors);
    if (list) {
      const format = /mso-level-number-format\s*:\s*([\w-]+)/i.exec(body);
      lists.set(`${list[1]} ${list[2]}`.toLowerCase(), !format || format[1].toLowerCase() !== "bullet");
      continue;
    }
    const style = declarations(body);
    for (const selector of selectors.split(",")) {
      const [, tag, name] = /^\s*([a-z0-9]*)\.([\w-]+)\s*$/i.exec(selector) || [];
      if (name) classes.set(name, [...(classes.get(name) || []), [tag.toLowerCase(), style]]);
    }
  }
  return { classes, lists };
}

export class Styles {
  constructor(sheet) {
    Object.assign(this, rules(sheet));
  }

  /* The declarations for an element itself; nothing is inherited. */
  of(element) {
    const style = {};
    for (const name of element.classList) {
      Object.assign(style, Object.hasOwn(KNOWN, name) ? KNOWN[name] : null);
      for (const [tag, declared] of this.classes.get(name) || []) {
        if (!tag || tag === element.localName) Object.assign(style, declared);
      }
    }
    return Object.assign(style, declarations(element.dataset.css || ""));
  }

  /* {level, ordered, id} of a paragraph that Word calls an item of a list, else null. */
  listOf(style) {
    const [, id, level] = /(l\d+)\s+level(\d+)/.exec(style["mso-list"] || "") || [];
    return id ? { id, level: Number(level), ordered: this.lists.get(`${id} ${level}`) } : null;
  }
}

export function isHidden(element, style) {
  return (
    element.hasAttribute("hidden")
    || element.localName === "del"
    || UNSEEN_CLASSES.test(element.className)
    || style.display === "none"
    || style.visibility === "hidden"
    || style["mso-hide"] === "all"
    || style.opacity === "0"
    || /^0(?:px|pt|em|%)?$/.test(style["font-size"] || "")
    || /^rect\(\s*[01](?:px)?[\s,]+[01]/.test(style.clip || "")
    || /^comment/.test(style["mso-element"] || "")
  );
}

/* Whether letters are bold: true, false, or undefined when the style does not say. */
export function isBold(style) {
  const [, weight] = /^(bold|bolder|normal|lighter|\d{3,4})/.exec(style["font-weight"] || "") || [];
  if (weight) return weight.startsWith("bold") || Number(weight) >= 600;
  return /\b(?:bold|[6-9]00)\s/.test(style.font || "") || undefined;
}

function italic(style) {
  const slant = style["font-style"];
  if (slant) return /italic|oblique/.test(slant);
  return /\b(?:italic|oblique)\b/.test(style.font || "") || undefined;
}

const BOLD = new Set(["b", "strong"]);
const ITALIC = new Set(["i", "em", "cite", "dfn", "var"]);

/* The marks of the words in an element, given those around it. */
export function marksIn(element, style, marks) {
  const name = element.localName;
  const raised = /^(?:super|sub)$/.exec(style["vertical-align"] || "")?.[0];
  const script = name === "sup" || raised === "super" ? "sup" : name === "sub" || raised === "sub" ? "sub" : marks.script;
  return {
    ...marks,
    script,
    bold: isBold(style) ?? (BOLD.has(name) || marks.bold),
    italic: italic(style) ?? (ITALIC.has(name) || marks.italic),
  };
}
