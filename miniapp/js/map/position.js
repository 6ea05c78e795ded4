/** Where the person is, once they have allowed it: a dot that follows them. */

import { iconButton } from "../dom.js";
import { say } from "../words.js";

const { Circle, DivIcon, LatLng, Marker } = window.L;

const PATIENCE = 15_000;

/** Where the person is now: { latitude, longitude, accuracy }. Rejects with what the browser says. */
export async function whereabouts(launch) {
  const told = await launch.locate();
  if (told) return { ...told, accuracy: told.horizontal_accuracy ?? 0 };
  const options = { enableHighAccuracy: true, timeout: PATIENCE };
  const { coords } = await new Promise((found, lost) => navigator.geolocation.getCurrentPosition(found, lost, options));
  return coords;
}

export class Position {
  /** The last known place, or null. */
  at = null;
  #dot = null;
  #halo = null;
  #watch = null;

  constructor(app, map) {
    Object.assign(this, { app, map });
    this.button = iconButton("here", say("My position"), () => this.find());
  }

  /** Goes there, and follows from then on where the browser tells. The person is asked for leave. */
  async find() {
    if (this.at) this.map.goTo(this.at, { zoom: Math.max(16, this.map.leaflet.getZoom()) });
    if (this.#watch !== null) return;
    const told = await this.app.launch.locate();
    if (told) {
      this.#take({ ...told, accuracy: told.horizontal_accuracy ?? 0 });
      return;
    }
    if (!navigator.geolocation) {
      this.#refused();
      return;
    }
    this.button.setAttribute("aria-busy", "true");
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => this.#take(coords),
      (error) => this.#failed(error),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 10_000 },
    );
  }

  #take({ latitude, longitude, accuracy }) {
    const first = this.at === null;
    this.at = new LatLng(latitude, longitude);
    this.button.removeAttribute("aria-busy");
    this.button.classList.add("known");
    this.#draw(accuracy);
    if (!first) return;
    this.map.goTo(this.at, { zoom: 16 });
  }

  #draw(accuracy) {
    if (this.#dot) {
      this.#dot.setLatLng(this.at);
      this.#halo.setLatLng(this.at).setRadius(accuracy);
      return;
    }
    const icon = new DivIcon({ className: "me", iconSize: [22, 22] });
    this.#halo = new Circle(this.at, { radius: accuracy, className: "me-halo", interactive: false });
    this.#dot = new Marker(this.at, { icon, interactive: false, keyboard: false, zIndexOffset: 400 });
    this.#halo.addTo(this.map.leaflet);
    this.#dot.addTo(this.map.leaflet);
  }

  #failed({ code }) {
    navigator.geolocation.clearWatch(this.#watch);
    this.#watch = null;
    this.button.removeAttribute("aria-busy");
    if (code === 1) this.#refused();
    else this.app.note(say("Your position cannot be found at the moment."), "error");
  }

  #refused() {
    this.app.note(say("This page may not know your position. Search for an address instead."), "error");
  }
}
