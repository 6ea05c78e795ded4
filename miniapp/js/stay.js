/**
 * What is looked for: from when to when, and what a space must have. Events: "change".
 *
 * Until a time was chosen the stay is the next two hours, and moves on with the clock.
 */

import { instant, wall } from "./zones.js";

const QUARTER = 15 * 60_000;
const HOUR = 3_600_000;
const DEFAULT = 2 * HOUR;

export const NO_FILTERS = Object.freeze({
  tags: [],
  instant: false,
  price: null,
  currency: null,
  height: null,
  length: null,
  sort: "nearest",
});

export class Stay extends EventTarget {
  /** Of the place that is looked at. */
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  filters = NO_FILTERS;
  chip = "2h";
  #length = DEFAULT;
  #chosen = null;

  get start() {
    return this.#window().start;
  }

  get end() {
    return this.#window().end;
  }

  get window() {
    return this.#window();
  }

  /** Takes { start, end }, { filters } or { zone }; a chosen window stays until it has begun. */
  set({ start, end, chip = "", filters, zone }) {
    if (start) this.#chosen = { start, end };
    if (start || chip) this.chip = chip;
    if (filters) this.filters = Object.freeze({ ...this.filters, ...filters });
    if (zone === this.zone && !start && !filters) return;
    if (zone) this.zone = zone;
    this.dispatchEvent(new Event("change"));
  }

  /** So many hours from now on. */
  now(hours) {
    this.#chosen = null;
    this.#length = hours * HOUR;
    this.set({ chip: `${hours}h`, filters: {} });
  }

  /** The windows one tap away, in the zone of the place: { name, start, end }. */
  chips(at = new Date()) {
    const today = wall(at, this.zone);
    const on = (days, hour) => instant({ ...today, day: today.day + days, hour, minute: 0 }, this.zone);
    const start = rounded(at);
    const evening = new Date(Math.max(start, on(0, 18)));
    const night = { name: "tonight", start: evening, end: on(0, 23) };
    return [
      ...[1, 2, 4].map((hours) => ({ name: `${hours}h`, start, end: new Date(+start + hours * HOUR) })),
      ...(instant({ ...today, hour: 22, minute: 30 }, this.zone) > at ? [night] : []),
      { name: "tomorrow", start: on(1, 9), end: on(1, 17) },
    ];
  }

  /** How many things are asked of a space. */
  get wishes() {
    const { tags, instant: atOnce, price, height, length } = this.filters;
    return tags.length + [atOnce, price, height, length].filter(Boolean).length;
  }

  /** As query parameters of a search. */
  get query() {
    const { tags, instant: atOnce, price, currency, height, length } = this.filters;
    const { start, end } = this.window;
    return { start, end, tags, height, length, price, currency, instant: atOnce ? "only" : null };
  }

  #window() {
    const now = new Date();
    if (this.#chosen && this.#chosen.start > now - QUARTER) return this.#chosen;
    const start = rounded(now);
    return { start, end: new Date(+start + this.#length) };
  }
}

/** The next quarter of an hour. */
export function rounded(at) {
  return new Date(Math.ceil(at / QUARTER) * QUARTER);
}
