/*
 * What the page says under the line on top, without moving the text. That something went well goes by
 * itself; the rest stays until it is put away or something newer is said.
 */
const LASTS = 8000;
const list = () => document.getElementById("story-messages");

function dress(line) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "put-away" });
  button.setAttribute("aria-label", gettext("Put away"));
  button.addEventListener("click", () => line.remove());
  line.append(button);
  if (line.classList.contains("success")) setTimeout(() => line.remove(), LASTS);
  return line;
}

/** Say these sentences in place of what stands there; without any, clear it. */
export function say(sentences, kind = "warning") {
  list().replaceChildren(...sentences.map((text) => (
    dress(Object.assign(document.createElement("p"), { textContent: text, className: kind }))
  )));
}

/** What the server said with the page. */
export function dressMessages() {
  [...list().children].forEach(dress);
}
