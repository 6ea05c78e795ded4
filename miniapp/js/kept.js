/**
 * What the tab remembers, so that a reload loses nothing, and closing the tab leaves nothing lasting on
 * a shared computer. Where a frame may not store anything, a reload forgets.
 */

const ROOT = "parkplace";

export class Kept {
  #store = available();
  #prefix;

  /** For whoever Telegram says is here: frames of several people in one tab share one storage. */
  constructor(owner = null) {
    this.#prefix = [ROOT, owner].filter(Boolean).join(".");
  }

  /** What was set under this name, or null. */
  get(name) {
    return JSON.parse(this.#store.getItem(this.#named(name)) ?? "null");
  }

  set(name, value) {
    this.#store.setItem(this.#named(name), JSON.stringify(value));
  }

  drop(name) {
    this.#store.removeItem(this.#named(name));
  }

  #named(name) {
    return `${this.#prefix}.${name}`;
  }
}

function available() {
  try {
    return window.sessionStorage;
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
    const kept = new Map();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    };
  }
}
