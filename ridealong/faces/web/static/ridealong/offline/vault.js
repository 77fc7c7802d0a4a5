// What a page keeps on this device, encrypted with a key that never leaves it and cannot be read
// out. Key and all go when the session ends, when somebody else signs in, and after a week.
const NAME = "ridealong";
const STORE = "vault";
const WEEK = 7 * 24 * 3600 * 1000;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function store(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await done(opening);
  try {
    return await done(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

/** Keeps for as long as the page is open, and nowhere else. */
class Memory {
  keeps = false;
  #values = new Map();
  async get(name) { return this.#values.get(name); }
  async put(name, value) { this.#values.set(name, value); }
}

class Vault {
  keeps = true;
  #key;
  constructor(key) { this.#key = key; }

  /** Return what is kept under a name; undefined for nothing, or what cannot be opened any more. */
  async get(name) {
    const found = await store("readonly", (kept) => kept.get(name));
    if (!found) return undefined;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, this.#key, found.sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return undefined; // sealed with the key of a session that is over
    }
  }

  async put(name, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.#key, plain);
    await store("readwrite", (kept) => kept.put({ iv, sealed }, name));
  }
}

/** Forget all that is kept on this device. */
export async function forget() {
  if (globalThis.indexedDB) await store("readwrite", (kept) => kept.clear());
}

/**
 * Open what this session keeps. `keeps` false: nothing is kept, and what was is forgotten.
 * `session` null: without a network, whatever session it was that is still here.
 */
export async function openVault({ session, keeps }) {
  try {
    if (!keeps || !globalThis.crypto?.subtle) {
      await forget();
      return new Memory();
    }
    let lock = await store("readonly", (kept) => kept.get("lock"));
    const over = lock && (lock.until < Date.now() || (session && lock.session !== session));
    if (over) {
      await forget();
      lock = undefined;
    }
    if (!lock) {
      if (!session) return new Memory();
      const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      lock = { key, session, until: 0 };
    }
    if (session) await store("readwrite", (kept) => kept.put({ ...lock, until: Date.now() + WEEK }, "lock"));
    return new Vault(lock.key);
  } catch {
    return new Memory(); // a browser that keeps nothing, as in a private window
  }
}
