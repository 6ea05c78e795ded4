/** A half-made listing, kept until it is published: a reload loses nothing but its photos. */

const NAME = "parkplace.draft";

/** What was typed so far, with the place, and the id once the server knows it. */
export function kept(storage) {
  return JSON.parse(storage.getItem(NAME) ?? "{}");
}

export function keep(storage, draft) {
  storage.setItem(NAME, JSON.stringify(draft));
}

export function forget(storage) {
  storage.removeItem(NAME);
}
