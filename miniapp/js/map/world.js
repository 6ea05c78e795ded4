/** The outlines of countries, for zooms from which no city is seen. */

import { extent, middle, trace } from "./city.js";
import { countryLabels } from "./labels.js";
import { project } from "./mercator.js";

export const LAST_ZOOM = 9;

export class World {
  constructor({ features }) {
    this.path = new Path2D();
    this.countries = features.map((feature) => this.#take(feature));
    this.labels = new Map();
  }

  /** Returns the country's name with where it stands, in pixels of zoom 0. */
  #take({ properties, geometry }) {
    let largest = { size: 0 };
    for (const polygon of geometry.coordinates) {
      const rings = polygon.map((ring) => ring.map((point) => project(point, 0)));
      for (const ring of rings) trace(this.path, ring, true);
      const size = extent(rings[0]);
      if (size > largest.size) largest = { size, at: middle(rings[0]), name: properties.name };
    }
    return largest;
  }

  paint(context, colours, zoom, left, top, size) {
    const scale = 2 ** zoom;
    const world = 256 * scale;
    context.fillStyle = colours.sea;
    context.fillRect(0, 0, size, size);
    // A map that was moved across the antimeridian shows the same world again.
    const turn = Math.floor(left / world) * world;
    context.save();
    context.translate(turn - left, -top);
    context.save();
    context.scale(scale, scale);
    context.lineJoin = "round";
    context.lineWidth = 1 / scale;
    context.fillStyle = colours.country;
    context.strokeStyle = colours.border;
    context.fill(this.path, "evenodd");
    context.stroke(this.path);
    context.restore();
    if (!this.labels.has(zoom)) this.labels.set(zoom, countryLabels(this.countries, zoom));
    for (const label of this.labels.get(zoom)) label.paint(context, colours);
    context.restore();
  }
}
