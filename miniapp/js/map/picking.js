/** Choosing a place: a pin in the middle, and the map is moved under it. */

import { h } from "../dom.js";
import { say } from "../words.js";

export function pickPlace(map) {
  const { app, ground, leaflet } = map;
  return new Promise((resolve) => {
    const done = (point) => {
      layer.remove();
      delete document.documentElement.dataset.picking;
      map.bar.place();
      window.removeEventListener("keydown", escape, true);
      app.sheet.element.inert = false;
      ground.inert = wasInert;
      leaflet.off("movestart", lift).off("moveend", drop);
      before?.focus?.();
      resolve(point);
    };
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      done(null);
    };
    const choose = () => {
      const { x, y } = leaflet.getSize();
      const { lat, lng } = leaflet.containerPointToLatLng([x / 2, y / 2]).wrap();
      done({ lat: Number(lat.toFixed(6)), lng: Number(lng.toFixed(6)) });
    };
    const lift = () => layer.classList.add("moving");
    const drop = () => layer.classList.remove("moving");
    const before = document.activeElement;
    const wasInert = ground.inert;
    const take = h("button.primary", { type: "button", onclick: choose }, say("Use this place"));
    const layer = h(
      "div.picking",
      { role: "dialog", "aria-label": say("Choose a place") },
      h("p.picking-hint", { role: "status" }, say("Move the map until the pin is on the space")),
      h("span.pin.picking-pin", { "aria-hidden": "true" }),
      h(
        "div.picking-buttons",
        {},
        h("button.secondary", { type: "button", onclick: () => done(null) }, say("Cancel")),
        take,
      ),
    );
    document.documentElement.dataset.picking = "";
    map.bar.place();
    app.sheet.element.inert = true;
    // A view at full height keeps the map behind it out of reach.
    ground.inert = false;
    window.addEventListener("keydown", escape, true);
    leaflet.on("movestart", lift).on("moveend", drop);
    ground.append(layer);
    take.focus({ preventScroll: true });
  });
}
