/** Places in pixels of the whole world's square, as web maps have it. */

const TILE = 256;

/** [longitude, latitude] in pixels of a zoom. */
export function project([longitude, latitude], zoom) {
  const world = TILE * 2 ** zoom;
  const sine = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180);
  return [(longitude / 360 + 0.5) * world, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world];
}

/** Metres between two { lat, lng } along a great circle. */
export function metresBetween(a, b) {
  const [south, north] = [(a.lat * Math.PI) / 180, (b.lat * Math.PI) / 180];
  const across = ((b.lng - a.lng) * Math.PI) / 360;
  const h = Math.sin((north - south) / 2) ** 2 + Math.cos(south) * Math.cos(north) * Math.sin(across) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}
