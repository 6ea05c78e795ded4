/**
 * The markers: a button for each group of spaces in view and a little beyond, used again and again.
 * Panning moves the pane they are in and costs nothing; only a new zoom or new spaces group anew, and
 * then they are put up a few at a time, so that a finger never waits for all of them.
 */

import { clustered } from "./clusters.js";
import { showCrowd, showGroup, showSpace } from "./faces.js";
import { project } from "./mercator.js";

const { Bounds, DomEvent, DomUtil, Layer, LatLng } = window.L;

/** Shares of the view: kept ready on each side, and how far it may move before that is done anew. */
const MARGIN = 0.2;
const DRIFT = 0.1;
/** Markers put up in one frame. */
const FEW = 24;
/** Doublings or halvings of their size, beyond which markers are better not seen. */
const ODD = 0.4;

export const Markers = Layer.extend({
  /** `onpick(rows)` is told which spaces were chosen; `onzoom(latlng)` where there were too many. */
  initialize({ onpick, onzoom }) {
    Object.assign(this, { onpick, onzoom, rows: [], crowds: [], zone: "UTC", chosen: null, place: null, hovered: null });
    this.groups = [];
    this.waiting = [];
    this.shown = new Map();
    this.spare = [];
  },

  onAdd(map) {
    this.pane = DomUtil.create("div", "markers leaflet-zoom-animated", map.getPane("markerPane"));
    this.zoom = map.getZoom();
    this.arrange();
  },

  getEvents() {
    return {
      move: this.drift,
      moveend: this.drift,
      zoomanim: this.follow,
      zoom: () => this.scale(this._map.getZoom(), this._map.getPixelOrigin()),
      zoomend: this.settle,
    };
  },

  /** Shows these in place of all others; those that stay are not touched. */
  show({ rows, crowds, zone }) {
    Object.assign(this, { rows, crowds, zone });
    this.regroup();
  },

  /** Marks the space that is looked at, and takes it out of its group; it may be none of those shown. */
  choose(id, point) {
    if (id === this.chosen) return;
    Object.assign(this, { chosen: id, place: point });
    this.regroup();
  },

  /** Lifts the marker that holds a space, or none. */
  point(id) {
    this.hovered = id;
    for (const { button, group } of this.shown.values()) {
      button.classList.toggle("hovered", holds(group, id));
    }
  },

  /** In a frame of its own; while the map is zooming, when that is over. */
  regroup() {
    if (!this.isZooming) this.inFrame(() => this.group());
  },

  inFrame(work) {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(work);
  },

  group() {
    const zoom = (this.zoom = this._map.getZoom());
    const alone = this.rows.find(({ id }) => id === this.chosen);
    const rows = alone ? this.rows.filter((row) => row !== alone) : this.rows;
    this.groups = clustered(rows, zoom);
    if (alone) this.groups.push(single(alone, zoom));
    else if (this.place) this.groups.push(single({ id: this.chosen, ...this.place, state: "place" }, zoom));
    for (const crowd of this.crowds) this.groups.push(ofCrowd(crowd, zoom));
    this.inFrame(() => this.arrange());
  },

  /** Makes ready what comes near, while the map is still being moved. */
  drift() {
    const [map, { view }] = [this._map, this];
    const { min, max } = map.getPixelBounds();
    const moved = Math.max(min.distanceTo(view.min), max.distanceTo(view.max));
    if (map.getZoom() === this.zoom && moved > map.getSize().x * DRIFT) this.arrange();
  },

  arrange() {
    const map = this._map;
    const view = map.getPixelBounds();
    const margin = view.getSize().multiplyBy(MARGIN);
    const reach = new Bounds(view.min.subtract(margin), view.max.add(margin));
    const near = this.groups.filter((group) => reach.contains([group.x, group.y]));
    const keys = new Set(near.map((group) => group.key));
    for (const [key, one] of this.shown) if (!keys.has(key)) this.putAway(key, one);
    Object.assign(this, { view, origin: map.getPixelOrigin() });
    this.pane.style.transform = "";
    const turn = (group) => (this.shown.has(group.key) ? 0 : view.contains([group.x, group.y]) ? 1 : 2);
    this.waiting = near.sort((a, b) => turn(a) - turn(b));
    this.proceed();
  },

  proceed() {
    for (let few = FEW; few && this.waiting.length; ) if (this.put(this.waiting.shift())) few -= 1;
    if (this.waiting.length) this.inFrame(() => this.proceed());
    else this.finish();
  },

  finish() {
    for (const { button } of this.spare) button.remove();
    this.pane.classList.remove("odd");
  },

  /** Whether that took anything. */
  put(group) {
    const known = this.shown.get(group.key);
    const one = known ?? this.taken(group);
    const face = faceOf(group, this);
    const at = `translate(${Math.round(group.x - this.origin.x)}px, ${Math.round(group.y - this.origin.y)}px)`;
    const isSame = one.face === face && one.at === at;
    one.group = group;
    if (one.face !== face) this.paint(one, face);
    // In two dimensions: in three, each would be a layer of its own to the browser.
    if (one.at !== at) one.button.style.transform = at;
    one.at = at;
    return !isSame;
  },

  /** A button that is not needed elsewhere, in the page. */
  taken(group) {
    const one = this.spare.shift() ?? this.made();
    one.button.dataset.space = group.rows?.[0].id ?? "";
    if (!one.button.isConnected) this.pane.append(one.button);
    this.shown.set(group.key, one);
    return one;
  },

  made() {
    const button = document.createElement("button");
    button.type = "button";
    const one = { button, group: null, face: "", at: "" };
    DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => this.press(one.group));
    return one;
  },

  paint(one, face) {
    const { button, group } = one;
    if (group.crowd) showCrowd(button, group.crowd);
    else if (group.rows.length > 1) showGroup(button, group.rows);
    else showSpace(button, group.rows[0], this.zone);
    button.classList.toggle("chosen", isOnly(group, this.chosen));
    button.classList.toggle("hovered", holds(group, this.hovered));
    one.face = face;
  },

  /** It stays in the page until it is clear that no other group needs it. */
  putAway(key, one) {
    one.button.blur();
    one.face = "";
    this.shown.delete(key);
    this.spare.unshift(one);
  },

  /** While the map is zooming by itself. */
  follow({ center, zoom }) {
    const map = this._map;
    const half = map.getSize().divideBy(2);
    const shift = map.containerPointToLayerPoint([0, 0]);
    this.isZooming = true;
    cancelAnimationFrame(this.frame);
    this.scale(zoom, map.project(center, zoom).subtract(half).subtract(shift).round());
  },

  /** All in one, with the ground: at the new zoom there are others, which need not be moved to there. */
  scale(zoom, origin) {
    const scale = this._map.getZoomScale(zoom, this.zoom);
    DomUtil.setTransform(this.pane, this.origin.multiplyBy(scale).subtract(origin), scale);
    this.pane.classList.toggle("odd", Math.abs(zoom - this.zoom) > ODD);
  },

  settle() {
    this.isZooming = false;
    this.regroup();
  },

  press(group) {
    if (group.crowd) this.onzoom(new LatLng(group.lat, group.lng));
    else this.onpick(group.rows);
  },
});

const isOnly = ({ rows }, id) => rows?.length === 1 && rows[0].id === id;
const holds = (group, id) => Boolean(id && group?.rows?.some((row) => row.id === id));

function single(row, zoom) {
  const [x, y] = project([row.lng, row.lat], zoom);
  return { key: row.id, x, y, lat: row.lat, lng: row.lng, rows: [row] };
}

function ofCrowd(crowd, zoom) {
  const { lat, lng } = crowd;
  const [x, y] = project([lng, lat], zoom);
  return { key: `crowd ${lat} ${lng}`, x, y, lat, lng, crowd };
}

/** Whatever changes how a marker looks. */
function faceOf(group, { chosen, zone }) {
  const { rows, crowd } = group;
  if (crowd) return `${crowd.count}`;
  const spaces = rows.map(({ id, state, total, since }) => `${id}${state}${total}${since}`);
  return [isOnly(group, chosen), zone, ...spaces].join(" ");
}
