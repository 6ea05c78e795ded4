/** The map: what is in view, where the person is, and the place that was looked for. */

import "../../leaflet/leaflet.js";
import { h, iconButton } from "../dom.js";
import { say } from "../words.js";
import { Area, boxOf } from "./area.js";
import { Bar } from "./bar.js";
import { LAST_ZOOM } from "./ground.js";
import { List } from "./list.js";
import { Markers } from "./markers.js";
import { metresBetween } from "./mercator.js";
import { pickPlace } from "./picking.js";
import { Position } from "./position.js";

const { DivIcon, LatLng, LatLngBounds, Map: LeafletMap, Marker } = window.L;

const VIEW = "view";
const FIRST_ZOOM = 16;
const CLOSE = 17;
const PICKED = new Set(["space", "here"]);
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** Events: "change" when other spaces are known. */
export class ParkMap extends EventTarget {
  #pin = null;

  /** `layer` is the ground under the markers. */
  constructor(app, ground, layer) {
    super();
    Object.assign(this, { app, ground });
    this.element = h("div.map", { role: "region", "aria-label": say("Map of parking spaces") });
    ground.append(this.#wayPast(), this.element);
    this.leaflet = this.#made(layer);
    this.found = new Area(app, this.leaflet);
    this.markers = new Markers({
      onpick: (rows) => this.#pick(rows),
      onzoom: (at) => this.leaflet.setView(at, Math.min(LAST_ZOOM, this.leaflet.getZoom() + 3)),
    }).addTo(this.leaflet);
    this.position = new Position(app, this);
    this.list = new List(app, this);
    this.bar = new Bar(app, this);
    ground.append(this.#controls());
    this.found.addEventListener("change", () => this.#show());
    this.found.reload();
  }

  #made(layer) {
    const { settings, kept } = this.app;
    // A reload finds the map as it was.
    const { lat, lng, zoom } = kept.get(VIEW) ?? settings.home;
    const map = new LeafletMap(this.element, {
      center: [lat, lng],
      zoom: zoom ?? FIRST_ZOOM,
      minZoom: 3,
      maxZoom: LAST_ZOOM,
      zoomControl: false,
      worldCopyJump: true,
      zoomAnimation: !CALM.matches,
      inertia: !CALM.matches,
      fadeAnimation: false,
      markerZoomAnimation: !CALM.matches,
      zoomSnap: 1,
    });
    map.attributionControl.setPrefix(false).addAttribution(credit(settings));
    layer.addTo(map);
    map.on("moveend", () => remember(map, kept));
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(this.element);
    return map;
  }

  /** Whoever uses the keyboard need not go through all markers to the list. */
  #wayPast() {
    const leap = () => {
      this.app.sheet.moveTo("full");
      this.list.cards.querySelector("button")?.focus();
    };
    return h("button.way-past.primary", { type: "button", onclick: leap }, say("Go to the list"));
  }

  #controls() {
    const by = (steps) => () => this.leaflet.setZoom(this.leaflet.getZoom() + steps);
    return h(
      "div.map-controls",
      {},
      this.position.button,
      h(
        "div.zoom-buttons",
        {},
        iconButton("plus", say("Zoom in"), by(1)),
        iconButton("minus", say("Zoom out"), by(-1)),
      ),
    );
  }

  get centre() {
    const { lat, lng } = this.leaflet.getCenter().wrap();
    return { lat, lng };
  }

  /** What is in view: { west, south, east, north }. */
  get area() {
    return boxOf(this.leaflet.getBounds());
  }

  /** What distances are counted from: the place that was looked for, or oneself, if in view. */
  get reference() {
    const bounds = this.leaflet.getBounds();
    const inView = [this.#pin?.getLatLng(), this.position.at].find((at) => at && bounds.contains(at));
    return inView ? { lat: inView.lat, lng: inView.lng } : this.centre;
  }

  /** Whether somebody chooses a place, for which nothing covers the map. */
  get isPicking() {
    return "picking" in document.documentElement.dataset;
  }

  metresTo(point) {
    return metresBetween(this.reference, point);
  }

  /** Spaces in view, as the map knows them. */
  get rows() {
    const bounds = this.leaflet.getBounds();
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    return this.found.rows.filter(({ lat, lng }) => lng >= west && lng <= east && lat >= south && lat <= north);
  }

  /** Centres the map on { lat, lng }; `pin` marks it as the place that was looked for. */
  goTo({ lat, lng }, { pin = false, zoom = CLOSE } = {}) {
    const at = new LatLng(lat, lng);
    if (pin) this.#mark(at);
    this.leaflet.setView(this.#visible(at, zoom), zoom, { animate: !CALM.matches });
  }

  /** Takes away the mark of the place that was looked for. */
  unpin() {
    this.#pin?.remove();
    this.#pin = null;
    this.list.refresh();
  }

  reload() {
    return this.found.reload();
  }

  /** Marks a space as the one that is looked at, and brings it into view; null for none. */
  select(id, point = null) {
    this.markers.choose(id, point);
    if (point) this.#reveal(new LatLng(point.lat, point.lng));
  }

  /** Lets the person choose a place under the middle of the map: { lat, lng }, or null if given up. */
  pickPlace(point = null) {
    // In the very middle: the sheet is out of the way as long as somebody chooses.
    if (point) this.leaflet.setView([point.lat, point.lng], LAST_ZOOM, { animate: false });
    return pickPlace(this);
  }

  #show() {
    this.markers.show(this.found);
    this.element.dataset.spaces = this.found.rows.length;
    this.dispatchEvent(new Event("change"));
  }

  #mark(at) {
    this.#pin?.remove();
    const icon = new DivIcon({ className: "pin", iconSize: [34, 44], iconAnchor: [17, 42] });
    this.#pin = new Marker(at, { icon, interactive: false, keyboard: false, zIndexOffset: 500 });
    this.#pin.addTo(this.leaflet);
  }

  #pick(rows) {
    this.app.launch.haptic("light");
    // Going from marker to marker leaves no trail of views.
    if (PICKED.has(this.app.sheet.top.name)) this.app.sheet.clear();
    if (rows.length === 1) return this.app.open("space", { id: rows[0].id, found: foundOf(rows[0], this) });
    const bounds = new LatLngBounds(rows.map(({ lat, lng }) => [lat, lng]));
    const zoom = this.leaflet.getBoundsZoom(bounds, false, [80, 80]);
    if (zoom > this.leaflet.getZoom()) {
      return this.leaflet.setView(this.#visible(bounds.getCenter(), Math.min(zoom, LAST_ZOOM)), Math.min(zoom, LAST_ZOOM));
    }
    if (this.leaflet.getZoom() < LAST_ZOOM) return this.leaflet.setView(bounds.getCenter(), this.leaflet.getZoom() + 1);
    return this.list.choose(rows);
  }

  /** Where the middle of the map must be for a place to stand in the middle of what is not covered. */
  #visible(at, zoom) {
    const { leaflet, app } = this;
    if (app.sheet.isWide || this.isPicking) return at;
    const covered = leaflet.getSize().y - Math.min(app.sheet.topOf(app.sheet.depth > 1 ? "half" : "peek"), leaflet.getSize().y);
    const shift = (covered - this.bar.height) / 2;
    return leaflet.unproject(leaflet.project(at, zoom).add([0, shift]), zoom);
  }

  /** Moves the map only if the place cannot be seen well. */
  #reveal(at) {
    const { leaflet, app } = this;
    const point = leaflet.latLngToContainerPoint(at);
    const bottom = app.sheet.isWide ? leaflet.getSize().y : app.sheet.topOf("half");
    const right = leaflet.getSize().x;
    const inSight = point.x > 40 && point.x < right - 40 && point.y > this.bar.height + 50 && point.y < bottom - 30;
    if (!inSight) leaflet.panTo(this.#visible(at, leaflet.getZoom()), { animate: !CALM.matches });
  }
}

/** What the map knows of a space, in the words of a search. */
export function foundOf(row, map) {
  const metres = map.metresTo(row);
  return {
    id: row.id,
    title: row.title,
    point: { lat: row.lat, lng: row.lng },
    price: { minor: row.total, currency: row.currency },
    rating: { average: row.stars, count: row.reviews },
    distance: Math.round(metres),
    walking_minutes: Math.max(1, Math.ceil(metres / 80)),
    zone: map.found.zone,
  };
}

function credit({ tiles, credit: tilesCredit }) {
  const link = (href, text) => `<a href="${href}" target="_blank" rel="noopener">${text}</a>`;
  const streets = link("https://www.openstreetmap.org/copyright", tilesCredit);
  return tiles ? streets : `${streets} · ${link("https://www.naturalearthdata.com", "Natural Earth")}`;
}

function remember(map, kept) {
  const { lat, lng } = map.getCenter().wrap();
  kept.set(VIEW, { lat, lng, zoom: map.getZoom() });
}
