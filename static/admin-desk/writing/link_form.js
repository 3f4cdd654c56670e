/*
 * The small form for the address of a link, in prose and in the cells of a grid. No form element: the page has one,
 * and it would be sent.
 */
import { make } from "./elements.js";
import { cleanHref } from "./hrefs.js";

/** `linkForm({put(href), remove(), cancel()})` gives {element, ask(href)}; who shows it hides it, too. */
export function linkForm({ put, remove, cancel }) {
  const input = make("input", {
    type: "text",
    inputmode: "url",
    class: "surface-address",
    "aria-label": gettext("Address of the link"),
    placeholder: "https://",
    autocomplete: "off",
    spellcheck: "false",
  });
  const wrong = make("p", { class: "surface-wrong", role: "alert" });
  const tool = (text, onclick) => make("button", { type: "button", class: "own-button", onclick }, text);
  const unlink = tool(gettext("Remove link"), () => remove());
  const element = make(
    "div",
    { class: "surface-link", role: "group", "aria-label": gettext("Link"), hidden: true },
    input,
    tool(gettext("Apply"), () => apply()),
    unlink,
    tool(gettext("Cancel"), () => cancel()),
    wrong,
  );

  function apply() {
    const href = cleanHref(input.value);
    if (href) {
      put(href);
      return;
    }
    wrong.textContent = gettext("An address begins with https://, http:// or mailto:.");
    input.focus();
  }

  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") cancel();
    else if (event.key === "Enter" && event.target === input) apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    element,
    ask(href) {
      wrong.textContent = "";
      input.value = href;
      unlink.hidden = !href;
      input.focus();
      input.select();
    },
  };
}
