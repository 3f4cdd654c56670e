/* Buttons that copy the text of another element, where the browser can, and those that print the page. */

for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const lines = document.getElementById(button.dataset.copies).textContent.trim().split(/\s*\n\s*/);
    await navigator.clipboard.writeText(lines.join("\n"));
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
