/**
 * A worker that paints the map where the operator has no tiles: reading and painting a city takes
 * longer than a finger waits. Asked { id, zoom, left, top, size, density, isDark }, all in pixels
 * of the zoom, it answers { id, picture }.
 */

import { City } from "./city.js";
import { DAY, NIGHT } from "./palette.js";
import { LAST_ZOOM, World } from "./world.js";

const DATA = new URL("../../data/", import.meta.url);

const read = async (name) => (await fetch(new URL(name, DATA))).json();
const city = read("helsinki.geojson").then((content) => new City(content));
let world = null;

self.onmessage = async ({ data }) => {
  const picture = await painted(data);
  self.postMessage({ id: data.id, picture }, [picture]);
};

async function painted({ zoom, left, top, size, density, isDark }) {
  const canvas = new OffscreenCanvas(size * density, size * density);
  const context = canvas.getContext("2d", { alpha: false });
  const colours = isDark ? NIGHT : DAY;
  context.scale(density, density);
  if (zoom <= LAST_ZOOM) {
    world ??= read("world.geojson").then((content) => new World(content));
    (await world).paint(context, colours, zoom, left, top, size);
  } else {
    context.fillStyle = colours.land;
    context.fillRect(0, 0, size, size);
    const known = await city;
    if (known.touches(zoom, left, top, size)) known.paint(context, colours, zoom, left, top, size);
  }
  return canvas.transferToImageBitmap();
}
