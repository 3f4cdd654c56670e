// Offers words while they are typed. Without this script the page offers topics instead.
const input = document.querySelector("[data-suggest]");
const list = input && input.list;

if (list) {
  let waiting;
  let asked = "";
  let going;

  const offer = async () => {
    const words = input.value.trim();
    if (words.length < 2 || words === asked) return;
    asked = words;
    going?.abort();
    going = new AbortController();
    try {
      const address = `${input.dataset.suggest}?q=${encodeURIComponent(words.slice(0, 100))}`;
      const answer = await fetch(address, { signal: going.signal, credentials: "omit" });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      list.replaceChildren(
        ...suggestions.map(({ text }) => Object.assign(document.createElement("option"), { value: text })),
      );
    } catch {
      // Offered words are a convenience: the search works without them.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150);
  });
}
