/* On the page of an embargo: who fills in a day or a time means an embargo until then. */

const form = document.querySelector("form.post-step");
const moment = [form.elements.day, form.elements.time];

for (const input of moment) {
  input.addEventListener("input", () => {
    form.elements.kind.value = "until";
  });
}

form.addEventListener("change", (event) => {
  if (event.target.name !== "kind" || event.target.value === "until") return;
  for (const input of moment) {
    input.value = input.defaultValue;
    input.dispatchEvent(new Event("shown"));
  }
});
