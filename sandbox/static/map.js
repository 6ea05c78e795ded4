/** Leaflet maps of the demo city. */

import { DivIcon, GridLayer, Map as LeafletMap, Marker } from "/leaflet/leaflet-src.esm.js";
import { city } from "./city.js";
import { h } from "./dom.js";
import { onTheme } from "./theme.js";

export const CREDIT = "© OpenStreetMap contributors";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

const CityLayer = GridLayer.extend({
  createTile(coords) {
    const size = this.getTileSize();
    const density = Math.min(2, devicePixelRatio);
    const tile = h("canvas", { width: size.x * density, height: size.y * density });
    const context = tile.getContext("2d");
    context.scale(density, density);
    this.options.city.paint(context, coords.z, coords.x * size.x, coords.y * size.y, size.x, size.y);
    return tile;
  },
});

/** Makes a map in an element that is already in the page; `still` is a picture, not a thing to move. */
export function cityMap(element, { latitude, longitude, zoom = 17, still = false }) {
  const map = new LeafletMap(element, {
    center: [latitude, longitude],
    zoom,
    minZoom: 15,
    maxZoom: 19,
    attributionControl: false,
    zoomControl: false,
    zoomAnimation: !calm.matches,
    fadeAnimation: false,
    inertia: !calm.matches,
    ...(still && {
      dragging: false,
      keyboard: false,
      scrollWheelZoom: false,
      doubleClickZoom: false,
      touchZoom: false,
      boxZoom: false,
    }),
  });
  draw(map, still);
  return map;
}

async function draw(map, still) {
  const known = await city();
  if (!known || !map.getContainer().isConnected) return;
  const layer = new CityLayer({ city: known, maxZoom: 19, keepBuffer: still ? 0 : 2 }).addTo(map);
  if (!still) map.setMaxBounds(grown(known.bounds)).options.maxBoundsViscosity = 0.9;
  const redraw = () => layer.redraw();
  onTheme(redraw);
  map.on("unload", () => document.removeEventListener("theme", redraw));
}

function grown([[south, west], [north, east]]) {
  const [high, wide] = [(north - south) / 4, (east - west) / 4];
  return [
    [south - high, west - wide],
    [north + high, east + wide],
  ];
}

/** A marker that looks like Telegram's: "pin", "here" for one's own place, "live" for a moving one. */
export function marker(kind, { latitude, longitude }, options = {}) {
  const icon = new DivIcon({
    className: `marker marker-${kind}`,
    iconSize: kind === "pin" ? [32, 42] : [22, 22],
    iconAnchor: kind === "pin" ? [16, 40] : [11, 11],
  });
  return new Marker([latitude, longitude], { icon, keyboard: false, interactive: false, ...options });
}
