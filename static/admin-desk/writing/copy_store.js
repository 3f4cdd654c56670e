/* Where this browser keeps what the server has not got yet: {key: copy}, a key being person/story/page. */

const DATABASE = "newsroom-writing";
const STORE = "copies";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export async function run(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = () => reject(transaction.error);
  }).finally(() => database.close());
}

export const drop = (key) => run("readwrite", (copies) => copies.delete(key)).catch(() => {});

/* All copies of a person's pages on one story. */
export async function dropAllOf(story) {
  const keys = await run("readonly", (copies) => copies.getAllKeys()).catch(() => []);
  await Promise.all(keys.filter((key) => key.startsWith(story)).map(drop));
}
