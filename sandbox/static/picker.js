/** Choosing a place on the map, sharing it live, and looking at one. */

import { city } from "./city.js";
import { h, icon, iconButton } from "./dom.js";
import { CREDIT, cityMap, marker } from "./map.js";
import { openSheet } from "./sheet.js";

const DURATIONS = [
  [15 * 60, "15 min"],
  [60 * 60, "1 hour"],
  [8 * 60 * 60, "8 hours"],
];
const MOVES_EVERY = 800; // milliseconds between two moves of a live location that is dragged

const placeOf = ({ lat, lng }) => ({ latitude: Number(lat.toFixed(6)), longitude: Number(lng.toFixed(6)) });

/** Opens the picker; `here` is where the person stands. `send(place)` or `share(place, seconds)` follows. */
export function pickPlace(pane, { here, sendLabel, send, share }) {
  const canvas = h("div.map", { "aria-label": "Map. Arrow keys move it, plus and minus zoom." });
  const address = h("span.picker-address", { "aria-live": "polite" });
  const goTo = ([longitude, latitude]) => map.setView([latitude, longitude], 18);
  const finish = (act) => () => {
    const place = placeOf(map.getCenter());
    close();
    act(place);
  };
  const pin = h("div.picker-pin", { "aria-hidden": "true" });
  const credit = h("span.credit", {}, CREDIT);
  const body = h(
    "div.picker",
    {},
    h(
      "div.picker-map",
      {},
      canvas,
      pin,
      zoomButtons(() => map, here),
      searchBox(goTo),
      credit,
    ),
    sendRow(sendLabel, address, finish(send)),
    liveRow((seconds) => finish((place) => share(place, seconds))),
  );
  const close = openSheet(pane, { title: "Location", body, wide: true, onclose: () => map.remove() });
  const map = cityMap(canvas, here);
  marker("here", here).addTo(map);
  map.on("movestart", () => body.classList.add("moving"));
  map.on("moveend", () => {
    body.classList.remove("moving");
    describe(map.getCenter(), address);
  });
  describe(map.getCenter(), address);
}

function sendRow(label, address, onclick) {
  const words = h("span", {}, h("strong", {}, label), address);
  return h("button.picker-send", { type: "button", data: { focus: "" }, onclick }, icon("pin"), words);
}

function liveRow(choose) {
  const chips = DURATIONS.map(([seconds, words]) =>
    h("button.chip", { type: "button", onclick: choose(seconds) }, words),
  );
  return h("div.picker-live", {}, icon("live"), h("span", {}, "Share live location for"), chips);
}

async function describe(centre, node) {
  const { latitude, longitude } = placeOf(centre);
  const near = (await city())?.addressAt(latitude, longitude);
  node.textContent = near ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

function zoomButtons(map, here) {
  return h(
    "div.map-buttons",
    {},
    iconButton("plus", "Zoom in", () => map().zoomIn()),
    iconButton("minus", "Zoom out", () => map().zoomOut()),
    here && iconButton("target", "Where I am", () => map().setView([here.latitude, here.longitude], 17)),
  );
}

function searchBox(goTo) {
  const list = h("div.found", { role: "listbox", "aria-label": "Found places" });
  const find = async ({ target }) => {
    const found = (await city())?.search(target.value) ?? [];
    list.replaceChildren(
      ...found.map(({ title, coordinates }) =>
        h("button", { type: "button", role: "option", onclick: () => choose(title, coordinates) }, title),
      ),
    );
  };
  const choose = (title, coordinates) => {
    input.value = title;
    list.replaceChildren();
    goTo(coordinates);
  };
  const input = h("input", {
    type: "search",
    placeholder: "Street and number",
    "aria-label": "Search an address",
    autocomplete: "off",
    oninput: find,
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.firstElementChild?.click();
  });
  return h("div.picker-search", {}, icon("search"), input, list);
}

/** Shows a place; with `move(place)` its pin can be dragged, with `stop()` the sharing ended. */
export function showPlace(pane, { place, title, address, kind, here, move, stop }) {
  const canvas = h("div.map");
  const words = h("span.picker-address", {}, address ?? "");
  const end = () => {
    close();
    stop();
  };
  const body = h(
    "div.picker",
    {},
    h(
      "div.picker-map",
      {},
      canvas,
      zoomButtons(() => map, here),
      h("span.credit", {}, CREDIT),
    ),
    h(
      "div.picker-line",
      {},
      icon(kind === "live" ? "live" : "pin"),
      h("span", {}, h("strong", { dir: "auto" }, title), words),
      stop && h("button.chip.danger", { type: "button", onclick: end }, "Stop sharing"),
    ),
  );
  const close = openSheet(pane, {
    title: move ? "Drag yourself around" : title,
    body,
    wide: true,
    onclose: () => map.remove(),
  });
  const map = cityMap(canvas, place);
  if (here && !move) marker("here", here).addTo(map);
  const pin = marker(kind, place, {
    draggable: Boolean(move),
    interactive: Boolean(move),
    autoPan: true,
  }).addTo(map);
  if (move) followDrag(pin, (spot) => (move(spot), describe(pin.getLatLng(), words)));
  if (!address) describe(pin.getLatLng(), words);
}

function followDrag(pin, moved) {
  let last = 0;
  pin.on("drag", () => {
    if (Date.now() - last < MOVES_EVERY) return;
    last = Date.now();
    moved(placeOf(pin.getLatLng()));
  });
  pin.on("dragend", () => moved(placeOf(pin.getLatLng())));
}
