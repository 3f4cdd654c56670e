/* Sending a film or sound: refused at once when it is too large, and how much is sent is said. */
const form = document.getElementById("recording-upload");
const input = form.querySelector("input[type=file]");
const said = form.querySelector("[data-said]");

const isTooLarge = () => input.files[0]?.size > Number(form.dataset.most) * 1024 ** 2;

input.addEventListener("change", () => {
  said.textContent = isTooLarge() ? form.dataset.large : "";
});

form.addEventListener("submit", (event) => {
  if (!isTooLarge()) return;
  event.preventDefault();
  input.focus();
});
