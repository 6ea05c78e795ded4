/** What the map knows of the area in view: asked for as it moves, and kept until better is there. */

const PAUSE = 180;
const AGAIN = 60_000;
const NEWS = 1_000;
/** Of the view, asked for beyond each side, so that a small move needs nothing new. */
const MARGIN = 0.35;

/**
 * Events: "change" when `rows`, `crowds`, `window`, `zone` and `country` are new; "busy" when it begins
 * or ends to ask.
 */
export class Area extends EventTarget {
  rows = [];
  crowds = [];
  window = null;
  zone = "";
  country = "";
  isBusy = false;
  #asked = null;
  #abort = null;
  #timer = null;
  #news = null;

  constructor(app, leaflet) {
    super();
    Object.assign(this, { app, leaflet });
    leaflet.on("moveend", () => this.#moved());
    app.stay.addEventListener("change", () => this.reload());
    app.live.addEventListener("spaces", () => this.#hear());
    app.live.addEventListener("reload", () => this.#hear());
    setInterval(() => this.#lookAgain(), AGAIN);
    document.addEventListener("visibilitychange", () => this.#lookAgain());
  }

  /** What is known of a space for this stay and no other, or null. */
  of(id, { start, end }) {
    const isSame = this.window && +this.window.start === +start && +this.window.end === +end;
    return (isSame && this.rows.find((row) => row.id === id)) || null;
  }

  /** Asks again for what is in view, whatever is known. */
  reload() {
    this.#asked = null;
    return this.#load(this.app.explain);
  }

  /** Nobody asked for it, so nobody is told if it does not work. */
  #lookAgain() {
    if (document.visibilityState === "visible") this.#load(ignoreOffline);
  }

  /** Once for all the news of a second: in a busy town there is always some. */
  #hear() {
    this.#news ??= setTimeout(() => {
      this.#news = null;
      this.#load(ignoreOffline);
    }, NEWS);
  }

  #moved() {
    const view = boxOf(this.leaflet.getBounds());
    const asked = this.#asked;
    const finer = this.crowds.length > 0 && asked?.zoom !== this.leaflet.getZoom();
    if (asked && within(view, asked.box) && !finer) this.dispatchEvent(new Event("moved"));
    else this.#later(PAUSE);
  }

  #later(pause) {
    this.#asked = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(this.app.explain), pause);
  }

  async #load(explain) {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    this.#busy(true);
    try {
      const isFirst = !this.zone;
      const found = await this.#ask(isFirst ? 0 : MARGIN, abort.signal);
      // Beyond the view there may just be too many.
      this.#take(found.crowds.length && !isFirst ? await this.#ask(0, abort.signal) : found);
      if (isFirst) this.#later(PAUSE);
    } catch (error) {
      if (error.name !== "AbortError") explain(error);
    } finally {
      if (this.#abort === abort) this.#busy(false);
    }
  }

  async #ask(margin, signal) {
    const { app, leaflet } = this;
    const [box, zoom] = [boxOf(leaflet.getBounds().pad(margin)), leaflet.getZoom()];
    const found = await app.api.get("spaces/map", { ...box, ...app.stay.query }, { signal });
    return { ...found, asked: { box, zoom } };
  }

  #take({ spaces, crowds, window: { start, end }, zone, country, asked }) {
    this.#asked = asked;
    const window = { start: new Date(start), end: new Date(end) };
    Object.assign(this, { rows: spaces, crowds, window, zone, country });
    if (zone !== this.app.stay.zone) this.app.stay.zone = zone;
    this.app.live.watch(boxOf(this.leaflet.getBounds()));
    this.dispatchEvent(new Event("change"));
  }

  #busy(on) {
    this.isBusy = on;
    this.dispatchEvent(new Event("busy"));
  }
}

function ignoreOffline(error) {
  if (error.status === undefined) throw error;
}

/** Leaflet's bounds as the server takes them: the whole world at most, and east of west or across. */
export function boxOf(bounds) {
  const wide = bounds.getEast() - bounds.getWest() >= 360;
  const turned = (lng) => ((((lng + 180) % 360) + 360) % 360) - 180;
  return {
    west: wide ? -180 : turned(bounds.getWest()),
    south: Math.max(-90, bounds.getSouth()),
    east: wide ? 180 : turned(bounds.getEast()),
    north: Math.min(90, bounds.getNorth()),
  };
}

function within(inner, outer) {
  const spans = outer.west > outer.east ? inner.west >= outer.west || inner.east <= outer.east : true;
  const across = outer.west > outer.east ? spans : inner.west >= outer.west && inner.east <= outer.east;
  return across && inner.south >= outer.south && inner.north <= outer.north;
}
