/**
 * The demo city as a street map: reads /city.geojson once and paints any part of it on a canvas.
 * Shapes are kept as paths in pixels of zoom 18, so that painting is a few strokes and fills.
 */

import { placeLabels } from "./labels.js";
import { palette } from "./palette.js";

export const BASE_ZOOM = 18;
const TILE = 256;
const METRES_PER_PIXEL = 0.2969; // at zoom 18 and 60.17 degrees north

/** Metres of carriageway, and the least pixels it takes to be seen. */
const WIDTHS = {
  path: [1.4, 0.8],
  service: [3.2, 1.2],
  pedestrian: [5, 1.4],
  minor: [7, 2.2],
  tertiary: [8, 2.8],
  secondary: [9, 3.2],
  primary: [10, 3.8],
};
const AREAS = ["land", "green", "water", "pier", "square", "parking", "building"];

let loading = null;

/** Resolves to the city, or to null when the sandbox was started without one. */
export function city() {
  loading ??= load();
  return loading;
}

async function load() {
  const response = await fetch("/city.geojson");
  return response.ok ? new City(await response.json()) : null;
}

/** A place in pixels of zoom 18 in the whole world's square. */
export function project([longitude, latitude]) {
  const world = TILE * 2 ** BASE_ZOOM;
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [(longitude / 360 + 0.5) * world, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world];
}

class City {
  constructor({ bbox, features }) {
    const [west, south, east, north] = bbox;
    this.bounds = [
      [south, west],
      [north, east],
    ];
    // Path2D keeps single precision, too coarse for the whole world: count from the city's corner.
    this.origin = project([west, north]);
    this.paths = new Map();
    this.addresses = [];
    this.named = [];
    this.carParks = [];
    this.labels = new Map();
    for (const feature of features) this.take(feature);
  }

  local(point) {
    const [x, y] = project(point);
    return [x - this.origin[0], y - this.origin[1]];
  }

  take({ properties, geometry }) {
    const { kind } = properties;
    if (geometry.type === "Point") {
      const spot = { ...properties, at: this.local(geometry.coordinates), coordinates: geometry.coordinates };
      (kind === "address" ? this.addresses : this.named).push(spot);
      return;
    }
    const closed = geometry.type === "Polygon";
    const lines = geometry.coordinates.map((line) => line.map((point) => this.local(point)));
    const key = closed ? kind : `${kind}.${properties.class}`;
    if (!this.paths.has(key)) this.paths.set(key, new Path2D());
    lines.forEach((line, index) =>
      trace(this.paths.get(key), closed ? wound(line, index === 0) : line, closed),
    );
    if (kind === "parking") this.carParks.push(middle(lines[0]));
    if (kind === "street" && properties.name) this.named.push({ ...properties, lines });
    if (properties.name && ["green", "water"].includes(kind))
      this.named.push({ ...properties, at: middle(lines[0]), size: extent(lines[0]) });
  }

  /** The nearest known address within 100 metres, as "Street 12". */
  addressAt(latitude, longitude) {
    const [x, y] = this.local([longitude, latitude]);
    let best = null;
    let least = 100 / METRES_PER_PIXEL;
    for (const address of this.addresses) {
      const away = Math.hypot(address.at[0] - x, address.at[1] - y);
      if (away < least) [best, least] = [address, away];
    }
    return best && `${best.street} ${best.number}`;
  }

  /** Addresses and landmarks that begin with, or have words that begin with, the query. */
  search(query, limit = 8) {
    const wanted = query.trim().toLocaleLowerCase();
    if (!wanted) return [];
    const fits = ({ title }) => ` ${title}`.toLocaleLowerCase().includes(` ${wanted}`);
    const landmarks = this.named.filter(({ kind }) => kind === "place");
    const all = [
      ...landmarks.map((one) => ({ ...one, title: one.name })),
      ...this.addresses.map((one) => ({ ...one, title: `${one.street} ${one.number}` })),
    ];
    return all
      .filter(fits)
      .sort((a, b) => a.title.localeCompare(b.title, undefined, { numeric: true }))
      .slice(0, limit);
  }

  /** Paints the square of the map whose corner is (left, top) in pixels of `zoom`. */
  paint(context, zoom, left, top, width, height) {
    const colours = palette();
    const scale = 2 ** (zoom - BASE_ZOOM);
    context.fillStyle = colours.outside;
    context.fillRect(0, 0, width, height);
    context.save();
    context.translate(this.origin[0] * scale - left, this.origin[1] * scale - top);
    context.save();
    context.scale(scale, scale);
    this.paintShapes(context, colours, scale);
    context.restore();
    this.paintLabels(context, colours, zoom);
    context.restore();
  }

  paintShapes(context, colours, scale) {
    context.lineJoin = "round";
    for (const kind of AREAS) {
      this.fill(context, kind, colours[kind]);
      if (kind === "building" || kind === "parking")
        this.stroke(context, kind, colours[`${kind}Edge`], 1 / scale);
    }
    this.stroke(context, "rail.rail", colours.rail, Math.max(1 / scale, 0.8 / METRES_PER_PIXEL));
    this.paintStreets(context, colours, scale);
    if (scale > 0.3) this.stroke(context, "rail.tram", colours.tram, 1 / scale);
  }

  paintStreets(context, colours, scale) {
    const width = (grade) => Math.max(WIDTHS[grade][0] / METRES_PER_PIXEL, WIDTHS[grade][1] / scale);
    context.lineCap = "round";
    if (scale >= 0.5) {
      context.setLineDash([3 / scale, 3 / scale]);
      context.lineCap = "butt";
      this.stroke(context, "street.path", colours.path, 1 / scale);
      context.setLineDash([]);
      context.lineCap = "round";
    }
    const grades = Object.keys(WIDTHS).slice(1);
    for (const grade of grades)
      this.stroke(context, `street.${grade}`, colours.casing, width(grade) + 2 / scale);
    for (const grade of grades) this.stroke(context, `street.${grade}`, colours[grade], width(grade));
  }

  fill(context, key, colour) {
    if (!this.paths.has(key)) return;
    context.fillStyle = colour;
    context.fill(this.paths.get(key));
  }

  stroke(context, key, colour, width) {
    if (!this.paths.has(key)) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(this.paths.get(key));
  }

  paintLabels(context, colours, zoom) {
    if (!this.labels.has(zoom)) this.labels.set(zoom, placeLabels(this, zoom));
    for (const label of this.labels.get(zoom)) label.paint(context, colours);
  }
}

function trace(path, line, closed) {
  line.forEach(([x, y], index) => (index ? path.lineTo(x, y) : path.moveTo(x, y)));
  if (closed) path.closePath();
}

/** Outlines run one way and holes the other, so that holes stay open and overlapping shapes do not. */
function wound(ring, isOutline) {
  const area = ring.reduce((sum, [x, y], index) => {
    const [u, v] = ring[(index + 1) % ring.length];
    return sum + x * v - u * y;
  }, 0);
  return area > 0 === isOutline ? ring : ring.toReversed();
}

function middle(ring) {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}

function extent(ring) {
  const xs = ring.map(([x]) => x);
  return Math.max(...xs) - Math.min(...xs);
}
