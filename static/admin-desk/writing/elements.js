/*
 * Making elements from script: no markup is ever read from a string, and every text is put in as text.
 */

/** `make("button", {class: "x", type: "button", "aria-label": "…", onclick: fn}, …children)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Facts in a row, with dots between them; each keeps its own direction. */
export function dotted(facts) {
  return facts.filter(Boolean).flatMap((fact, at) => [at ? " · " : "", make("bdi", {}, fact)]);
}

const SHAPES = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zm0 7h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5",
  heading: "M6 5v14M18 5v14M6 12h12",
  bullets: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  numbers: "M10 6h10M10 12h10M10 18h10M4 4l1.5-.5V9M3.5 15.5c0-2 3-1.5 3 0 0 1-3 2.5-3 4h3",
  quote: "M4 5v14M9 7h11M9 12h11M9 17h7",
  plus: "M12 5v14M5 12h14",
  more: "M12 5h.01M12 12h.01M12 19h.01",
  undo: "M9 14 4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m15 14 5-5-5-5M20 9H10a6 6 0 0 0 0 12h3",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  gallery: "M7 4h13v11H7zM4 8v12h13M7 12l4-3 3 2 2-1 4 3",
  related: "M5 6h14M5 18h9M5 12h14M17 15l3 3-3 3",
  pullquote: "M10 7H5v6h4c0 3-1 4-3 4M20 7h-5v6h4c0 3-1 4-3 4",
  embed: "M8 8l-4 4 4 4M16 8l4 4-4 4M13.5 5l-3 14",
  chart: "M4 4v16h16M8 20v-6M12 20V9M16 20v-9",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  film: "M3 6h12v12H3zM15 10l6-3v10l-6-3",
  sound: "M4 10v4h3l5 4V6L7 10zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11",
  alternative: "M4 5h7v14H4zM13 5h7v14h-7z",
  paragraph: "M4 7h16M4 12h16M4 17h10",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  remove: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
};

/** A drawing of 24 × 24 that readers of screens skip. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "surface-icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name] || SHAPES.paragraph);
  svg.append(path);
  return svg;
}
