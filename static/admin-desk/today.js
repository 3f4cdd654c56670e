/* Today moves while it is open: what colleagues do is shown within half a minute. */

const EVERY = 30_000;
const UNTOUCHED = 4 * 3_600_000; // a desk that nobody sits at is left to sign itself out
const board = () => document.querySelector("#content-main");
let touched = Date.now();

for (const kind of ["pointerdown", "pointermove", "keydown"]) {
  addEventListener(kind, () => (touched = Date.now()), { passive: true });
}

async function refresh() {
  if (document.hidden || Date.now() - touched > UNTOUCHED || isSelecting()) return;
  let answer;
  try {
    answer = await fetch(location.pathname, { redirect: "error" });
  } catch {
    return; // signed out, or no connection: the page stays as it is
  }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#content-main");
  if (fresh && fresh.textContent !== board().textContent) put(fresh);
}

function isSelecting() {
  const chosen = getSelection();
  return !chosen.isCollapsed && board().contains(chosen.anchorNode);
}

/* Put the fresh board in place of the old one; the cursor and what was folded out stay. */
function put(fresh) {
  const open = board().querySelector("details")?.open;
  const place = placeOf(document.activeElement);
  board().replaceWith(fresh);
  const details = fresh.querySelector("details");
  if (details) details.open = Boolean(open);
  if (place) fresh.querySelector(place)?.focus({ preventScroll: true });
}

/* A selector of the link or button that has the cursor, in the same section. */
function placeOf(element) {
  if (!board().contains(element)) return null;
  const section = element.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
  const own = element.href
    ? `a[href="${CSS.escape(element.getAttribute("href"))}"]`
    : `${element.localName}[value="${CSS.escape(element.value ?? "")}"]`;
  if (element.localName === "summary") return "summary";
  return section ? `[aria-labelledby="${section}"] ${own}` : own;
}

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);
