/** What lies under the markers: the operator's tiles, or the shipped city and the world's outlines. */

import "../../leaflet/leaflet.js";

const { GridLayer, TileLayer } = window.L;

const SIZE = 512;
export const LAST_ZOOM = 19;

/** A layer for a map that comes later: whoever paints it may begin. `launch` says if it is dark. */
export function groundLayer({ tiles }, launch) {
  if (tiles) return new TileLayer(tiles, { maxZoom: LAST_ZOOM, className: "tiles" });
  const layer = new PaintedLayer({ maxZoom: LAST_ZOOM, tileSize: SIZE, keepBuffer: 1, launch });
  launch.addEventListener("theme", () => layer._map && layer.redraw());
  return layer;
}

const PaintedLayer = GridLayer.extend({
  initialize(options) {
    GridLayer.prototype.initialize.call(this, options);
    this.worker = new Worker(new URL("./painter.js", import.meta.url), { type: "module" });
    this.waiting = new Map();
    this.worker.onmessage = ({ data: { id, picture } }) => {
      this.waiting.get(id)(picture);
      this.waiting.delete(id);
    };
    this.last = 0;
  },

  createTile({ x, y, z }, done) {
    const density = Math.min(2, window.devicePixelRatio);
    const tile = document.createElement("canvas");
    tile.width = tile.height = SIZE * density;
    const id = (this.last += 1);
    this.waiting.set(id, (picture) => {
      tile.getContext("bitmaprenderer").transferFromImageBitmap(picture);
      done(null, tile);
    });
    const { isDark } = this.options.launch.theme;
    this.worker.postMessage({ id, zoom: z, left: x * SIZE, top: y * SIZE, size: SIZE, density, isDark });
    return tile;
  },
});
