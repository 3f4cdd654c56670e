/*
 * Names of colleagues while a note is written: after an @ those that begin so are offered. The names are those of the
 * list to whom a note may be left.
 */
const MOST = 6;
const BEGUN = /(?:^|[\s(])@([^\s@][^@\n]{0,40}|)$/u;

export function suggestNames(text, list, colleagues) {
  let at = -1;
  let chosen = 0;
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-controls", list.id);

  function close() {
    list.hidden = true;
    at = -1;
    text.removeAttribute("aria-activedescendant");
  }

  function mark() {
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    text.setAttribute("aria-activedescendant", list.children[chosen].id);
  }

  function offer() {
    const before = text.value.slice(0, text.selectionStart);
    const begun = before.match(BEGUN)?.[1];
    if (begun === undefined) return close();
    const names = [...colleagues.options].filter((option) => option.value).map((option) => option.text.trim());
    const fit = names.filter((name) => name.toLocaleLowerCase().startsWith(begun.toLocaleLowerCase())).slice(0, MOST);
    if (!fit.length || fit.includes(begun)) return close();
    at = before.length - begun.length;
    chosen = 0;
    list.replaceChildren(...fit.map((name, place) => {
      const item = Object.assign(document.createElement("li"), { textContent: name, id: `note-name-${place}` });
      item.setAttribute("role", "option");
      return item;
    }));
    list.hidden = false;
    return mark();
  }

  function take(name) {
    text.setRangeText(`${name} `, at, text.selectionStart, "end");
    close();
    text.focus();
  }

  text.addEventListener("input", offer);
  text.addEventListener("blur", () => setTimeout(close, 200));
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("li");
    event.preventDefault();
    if (item) take(item.textContent);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) chosen = (chosen + step + list.children.length) % list.children.length;
    if (step) mark();
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(list.children[chosen].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
