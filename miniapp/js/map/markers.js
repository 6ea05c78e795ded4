/**
 * The markers: a button for each group of spaces in view and a little beyond, used again and again.
 * Panning moves the pane they are in and costs nothing; only a new zoom or new spaces group anew.
 */

import { clustered } from "./clusters.js";
import { showCrowd, showGroup, showSpace } from "./faces.js";
import { project } from "./mercator.js";

const { DomEvent, DomUtil, Layer, LatLng, Point } = window.L;

/** Of the view, kept ready on each side. */
const MARGIN = 0.25;

export const Markers = Layer.extend({
  /** `onpick(rows)` is told which spaces were chosen; `onzoom(latlng)` where there were too many. */
  initialize({ onpick, onzoom }) {
    Object.assign(this, { onpick, onzoom, rows: [], crowds: [], zone: "UTC", chosen: null, place: null, hovered: null });
    this.groups = [];
    this.shown = new Map();
    this.spare = [];
  },

  onAdd(map) {
    this.pane = map.getPane("markerPane");
    this.regroup();
  },

  getEvents() {
    return { moveend: this.arrange, zoomend: this.regroup, zoomanim: this.follow };
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

  regroup() {
    const zoom = this._map.getZoom();
    const alone = this.rows.find(({ id }) => id === this.chosen);
    const rows = alone ? this.rows.filter((row) => row !== alone) : this.rows;
    this.groups = clustered(rows, zoom);
    if (alone) this.groups.push(single(alone, zoom));
    else if (this.place) this.groups.push(single({ id: this.chosen, ...this.place, state: "place" }, zoom));
    for (const crowd of this.crowds) this.groups.push(ofCrowd(crowd, zoom));
    this.arrange();
  },

  arrange() {
    const map = this._map;
    const bounds = map.getPixelBounds();
    const margin = bounds.getSize().multiplyBy(MARGIN);
    const [min, max] = [bounds.min.subtract(margin), bounds.max.add(margin)];
    const origin = map.getPixelOrigin();
    const wanted = new Map();
    for (const group of this.groups) {
      if (group.x >= min.x && group.x <= max.x && group.y >= min.y && group.y <= max.y)
        wanted.set(group.key, group);
    }
    for (const [key, one] of this.shown) if (!wanted.has(key)) this.putAway(key, one);
    for (const group of wanted.values()) this.put(group, origin);
  },

  put(group, origin) {
    const known = this.shown.get(group.key);
    const one = known ?? this.taken(group);
    const face = faceOf(group, this.chosen);
    if (one.face !== face || one.zone !== this.zone) this.paint(one, group, face);
    one.group = group;
    DomUtil.setPosition(one.button, new Point(group.x - origin.x, group.y - origin.y).round());
  },

  /** A button that is not needed elsewhere, now in the page. */
  taken(group) {
    const one = this.spare.pop() ?? this.made();
    one.button.dataset.space = group.rows?.[0].id ?? "";
    this.pane.append(one.button);
    this.shown.set(group.key, one);
    return one;
  },

  made() {
    const button = document.createElement("button");
    button.type = "button";
    const one = { button, group: null, face: "" };
    DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => this.press(one.group));
    return one;
  },

  paint(one, group, face) {
    if (group.crowd) showCrowd(one.button, group.crowd);
    else if (group.rows.length > 1) showGroup(one.button, group.rows);
    else showSpace(one.button, group.rows[0], this.zone);
    const isChosen = group.rows?.[0].id === this.chosen && group.rows.length === 1;
    one.button.classList.toggle("chosen", isChosen);
    one.button.classList.toggle("hovered", holds(group, this.hovered));
    one.button.classList.add("leaflet-zoom-animated");
    Object.assign(one, { face, zone: this.zone });
  },

  putAway(key, one) {
    one.button.remove();
    one.face = "";
    this.shown.delete(key);
    this.spare.push(one);
  },

  /** Moves along while the map is zooming. */
  follow({ center, zoom }) {
    const map = this._map;
    const half = map.getSize().divideBy(2);
    const shift = map.containerPointToLayerPoint([0, 0]);
    const corner = map.project(center, zoom).subtract(half).subtract(shift).round();
    for (const { button, group } of this.shown.values()) {
      const [x, y] = project([group.lng, group.lat], zoom);
      DomUtil.setPosition(button, new Point(x, y).subtract(corner).round());
    }
  },

  press(group) {
    if (group.crowd) this.onzoom(new LatLng(group.lat, group.lng));
    else this.onpick(group.rows);
  },
});

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
function faceOf({ rows, crowd }, chosen) {
  if (crowd) return `${crowd.count}`;
  const isChosen = rows.length === 1 && rows[0].id === chosen;
  return [isChosen, ...rows.map(({ id, state, total, since }) => `${id}${state}${total}${since}`)].join(" ");
}
