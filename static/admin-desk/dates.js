/* Beside each day or moment in a form: what it is in words, for browsers write 11/12/2026 by their own rules. */

const INPUTS = "form[method=post] :is(input[type=date], input[type=datetime-local]), .post-step input[type=datetime-local]";
const language = document.documentElement.lang;
// In plain English the day goes first, as everywhere on the desk.
const words = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
  weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC",
});

/** "Fri, 27 Nov 2026, 17:00"; "" while the value is none. */
function inWords(value) {
  const [day, time] = value.split("T");
  const date = new Date(`${day}T00:00Z`);
  if (!value || Number.isNaN(date.valueOf())) return "";
  return [words.format(date), time?.slice(0, 5)].filter(Boolean).join(", ");
}

for (const input of document.querySelectorAll(INPUTS)) {
  const said = document.createElement("span");
  said.className = "date-in-words";
  input.after(said);
  const say = () => {
    said.textContent = inWords(input.value);
  };
  // "shown": the writing screen has put in what a colleague saved.
  for (const kind of ["input", "change", "shown"]) input.addEventListener(kind, say);
  say();
}
