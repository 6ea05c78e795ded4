/** Locations and venues as bubbles: a small still map, and what is known about the place. */

import { h } from "./dom.js";
import { CREDIT, cityMap, marker } from "./map.js";
import { countdown, timeOfDay } from "./when.js";

const CLOCK_TICK = 5000;

// Maps are drawn when they first come into view.
const drawing = new WeakMap();
const sight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    sight.unobserve(target);
    drawing.get(target)();
  }
});

export const isLive = ({ location, date }) =>
  Boolean(location?.live_period) && (date + location.live_period) * 1000 > Date.now();

/** The media part of a location, live location or venue message. */
export function placeCard(message, ui) {
  const { venue, location = venue.location } = message;
  const picture = mapPicture(message, location, ui);
  if (!venue && !location.live_period) return picture;
  return h("div.place", {}, picture, venue ? venueLines(venue) : liveLines(message));
}

function venueLines({ title, address }) {
  return h("div.place-lines", {}, h("strong", { dir: "auto" }, title), h("span", { dir: "auto" }, address));
}

function liveLines(message) {
  const words = h("span", {}, liveWords(message));
  const timer = setInterval(() => {
    words.textContent = liveWords(message);
    if (!words.isConnected || !isLive(message)) clearInterval(timer);
  }, CLOCK_TICK);
  return h("div.place-lines", {}, h("strong", {}, "Live location"), words);
}

function liveWords({ date, edit_date: edited = date, location }) {
  const left = date + location.live_period - Date.now() / 1000;
  return left > 0
    ? `Updated ${timeOfDay(edited)} · ${countdown(left)} left`
    : `Ended · last seen ${timeOfDay(edited)}`;
}

/** A live location redraws its bubble with each move; the map under it stays and only the pin moves. */
function mapPicture(message, location, ui) {
  const kind = location.live_period ? "live" : "pin";
  const known = ui.pictures.get(message);
  if (known?.kind === kind) {
    known.move(location);
    return known.element;
  }
  const picture = new Picture(kind, location, () => ui.openPlace(message));
  ui.pictures.set(message, picture);
  return picture.element;
}

class Picture {
  constructor(kind, place, onclick) {
    this.kind = kind;
    this.place = place;
    this.canvas = h("div.map");
    const credit = h("span.credit", {}, CREDIT);
    this.element = h(
      "button.place-map",
      { type: "button", "aria-label": "Open the map", onclick },
      this.canvas,
      credit,
    );
    drawing.set(this.canvas, () => this.draw());
    sight.observe(this.canvas);
  }

  draw() {
    this.map = cityMap(this.canvas, { ...this.place, zoom: 16, still: true });
    this.marker = marker(this.kind, this.place).addTo(this.map);
  }

  move(place) {
    this.place = place;
    this.marker?.setLatLng([place.latitude, place.longitude]);
    this.map?.panTo([place.latitude, place.longitude]);
  }
}
