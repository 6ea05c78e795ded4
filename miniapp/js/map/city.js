/** A city out of GeoJSON (data/README.md), painted on a canvas at any zoom. */

import { placeLabels } from "./labels.js";
import { project } from "./mercator.js";

const BASE_ZOOM = 18;
const METRES_PER_PIXEL = 0.2969; // at zoom 18 and 60.17 degrees north
const FROM_ZOOM = 12;

/** Metres of carriageway, and the least pixels it takes to be seen. */
const WIDTHS = {
  path: [1.4, 0.8],
  service: [3.2, 1],
  pedestrian: [5, 1.4],
  minor: [7, 1.8],
  tertiary: [8, 2.4],
  secondary: [9, 2.8],
  primary: [10, 3.2],
};
const AREAS = ["land", "green", "water", "pier", "square", "parking", "building"];

export class City {
  constructor({ bbox, features }) {
    const [west, south, east, north] = bbox;
    // Path2D keeps single precision, too coarse for the whole world: count from the city's corner.
    this.origin = project([west, north], BASE_ZOOM);
    this.size = this.local([east, south]);
    this.paths = new Map();
    this.addresses = [];
    this.named = [];
    this.labels = new Map();
    for (const feature of features) this.#take(feature);
  }

  local(point) {
    const [x, y] = project(point, BASE_ZOOM);
    return [x - this.origin[0], y - this.origin[1]];
  }

  #take({ properties, geometry }) {
    const { kind } = properties;
    if (geometry.type === "Point") {
      const spot = { ...properties, at: this.local(geometry.coordinates) };
      (kind === "address" ? this.addresses : this.named).push(spot);
      return;
    }
    const closed = geometry.type === "Polygon";
    const lines = geometry.coordinates.map((line) => line.map((point) => this.local(point)));
    const key = closed ? kind : `${kind}.${properties.class}`;
    if (!this.paths.has(key)) this.paths.set(key, new Path2D());
    lines.forEach((line, index) => trace(this.paths.get(key), closed ? wound(line, index === 0) : line, closed));
    if (kind === "street" && properties.name) this.named.push({ ...properties, lines });
    if (properties.name && ["green", "water"].includes(kind))
      this.named.push({ ...properties, at: middle(lines[0]), size: extent(lines[0]) });
  }

  /** Whether any of it lies in a square of pixels of a zoom. */
  touches(zoom, left, top, size) {
    if (zoom < FROM_ZOOM) return false;
    const scale = 2 ** (zoom - BASE_ZOOM);
    const [x, y] = [this.origin[0] * scale - left, this.origin[1] * scale - top];
    return x < size && y < size && x + this.size[0] * scale > 0 && y + this.size[1] * scale > 0;
  }

  paint(context, colours, zoom, left, top, size) {
    const scale = 2 ** (zoom - BASE_ZOOM);
    context.save();
    context.translate(this.origin[0] * scale - left, this.origin[1] * scale - top);
    context.save();
    context.scale(scale, scale);
    this.#shapes(context, colours, scale, zoom);
    context.restore();
    if (!this.labels.has(zoom)) this.labels.set(zoom, placeLabels(this, zoom));
    const [x, y] = [left - this.origin[0] * scale, top - this.origin[1] * scale];
    for (const label of this.labels.get(zoom)) {
      const near = Math.max(x - label.x, label.x - x - size, y - label.y, label.y - y - size) < label.reach;
      if (near) label.paint(context, colours);
    }
    context.restore();
  }

  #shapes(context, colours, scale, zoom) {
    context.lineJoin = "round";
    for (const kind of zoom >= 14 ? AREAS : AREAS.slice(0, 4)) {
      this.#fill(context, kind, colours[kind]);
      if (zoom >= 16 && (kind === "building" || kind === "parking"))
        this.#stroke(context, kind, colours[`${kind}Edge`], 1 / scale);
    }
    this.#stroke(context, "rail.rail", colours.rail, Math.max(1 / scale, 0.8 / METRES_PER_PIXEL));
    this.#streets(context, colours, scale, zoom);
    if (zoom >= 16) this.#stroke(context, "rail.tram", colours.tram, 1 / scale);
  }

  #streets(context, colours, scale, zoom) {
    const width = (grade) => Math.max(WIDTHS[grade][0] / METRES_PER_PIXEL, WIDTHS[grade][1] / scale);
    if (zoom >= 17) {
      context.setLineDash([3 / scale, 3 / scale]);
      context.lineCap = "butt";
      this.#stroke(context, "street.path", colours.path, 1 / scale);
      context.setLineDash([]);
    }
    context.lineCap = "round";
    const grades = Object.keys(WIDTHS).slice(zoom >= 15 ? 1 : 3);
    for (const grade of grades)
      this.#stroke(context, `street.${grade}`, colours.casing, width(grade) + 2 / scale);
    for (const grade of grades) this.#stroke(context, `street.${grade}`, colours[grade], width(grade));
  }

  #fill(context, key, colour) {
    if (!this.paths.has(key)) return;
    context.fillStyle = colour;
    context.fill(this.paths.get(key));
  }

  #stroke(context, key, colour, width) {
    if (!this.paths.has(key)) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(this.paths.get(key));
  }
}

export function trace(path, line, closed) {
  line.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
  if (closed) path.closePath();
}

/** Outlines run one way and holes the other: holes stay open, and overlapping shapes do not. */
function wound(ring, isOutline) {
  const area = ring.reduce((sum, [x, y], index) => {
    const [u, v] = ring[(index + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0);
  return area > 0 === isOutline ? ring : [...ring].reverse();
}

export function middle(ring) {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

export function extent(ring) {
  const xs = ring.map(([x]) => x);
  return Math.max(...xs) - Math.min(...xs);
}
