/* Questions that nothing repeats by itself: without an answer something would be missing without a word. */

const PAUSES = [1_000, 3_000, 10_000];
const OPTIONS = { headers: { Accept: "application/json" } };

/* A busy server and a lost connection pass; that something is not there, or not for them, does not. */
const passes = (status = 0) => status < 400 || status >= 500 || status === 429;

/**
 * `now()` asks at `address()` and gives whether there was an answer; without one it asks again after growing pauses.
 * Of several questions only the newest counts: `take(answer)` never gets an older answer.
 */
export function createAsker({ address, take }) {
  let number = 0;
  let newest = null;
  let timer = 0;

  async function ask(mine, failures) {
    const response = await fetch(address(), OPTIONS).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    if (mine !== number) return newest;
    if (answer) take(answer);
    else if (passes(response?.status)) timer = setTimeout(() => now(failures + 1), PAUSES[failures] ?? PAUSES.at(-1));
    return Boolean(answer);
  }

  function now(failures = 0) {
    clearTimeout(timer);
    number += 1;
    newest = ask(number, failures);
    return newest;
  }

  return { now: () => now() };
}
