/** Where the names on the drawn map go at one zoom: no two overlap, and each stays where it stood. */

const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const RANK = ["primary", "secondary", "tertiary", "pedestrian", "minor"];
const BEND = 0.2; // radians that a street may turn under its name
const REPEAT = 420; // pixels between two labels of one street
const ruler = new OffscreenCanvas(1, 1).getContext("2d");

/** Labels in the order of their importance; `city` keeps its shapes in pixels of zoom 18. */
export function placeLabels(city, zoom) {
  const scale = 2 ** (zoom - 18);
  const taken = [];
  const placed = [];
  const offer = (label) => {
    if (label.boxes.some((box) => taken.some((other) => touch(box, other)))) return false;
    taken.push(...label.boxes);
    placed.push(label);
    return true;
  };
  for (const one of landmarks(city, zoom, scale)) offer(name(one, scale));
  if (zoom >= 15) streets(city, scale, offer);
  if (zoom >= 18) {
    for (const one of city.addresses) {
      offer(text(one.number, scaled(one.at, scale), { size: 10, ink: "numberInk" }));
    }
  }
  return placed;
}

/** The names of countries, in pixels of the whole world. */
export function countryLabels(countries, zoom) {
  const scale = 2 ** zoom;
  const taken = [];
  return [...countries]
    .filter(({ size }) => size * scale > 36)
    .sort((a, b) => b.size - a.size)
    .map((one) => text(one.name, scaled(one.at, scale), { size: 12, ink: "countryInk" }))
    .filter(({ boxes }) => {
      if (boxes.some((box) => taken.some((other) => touch(box, other)))) return false;
      taken.push(...boxes);
      return true;
    });
}

const scaled = ([x, y], scale) => [x * scale, y * scale];
const touch = ([x, y, r], [u, v, s]) => Math.abs(x - u) < r + s && Math.abs(y - v) < r + s;

function landmarks(city, zoom, scale) {
  const shown = city.named.filter(
    ({ at, size, kind }) => at && (kind === "place" ? zoom >= 17 : size * scale > 70),
  );
  return shown.sort((a, b) => (b.size ?? 0) - (a.size ?? 0));
}

function name(one, scale) {
  const ink = { green: "greenInk", water: "waterInk", place: "placeInk" }[one.kind];
  return text(one.name, scaled(one.at, scale), { size: 11, ink, slant: one.kind === "water" });
}

function streets(city, scale, offer) {
  const named = city.named.filter(({ lines, class: grade }) => lines && RANK.includes(grade));
  named.sort((a, b) => RANK.indexOf(a.class) - RANK.indexOf(b.class));
  const standing = new Map();
  for (const street of named) {
    const size = RANK.indexOf(street.class) < 2 ? 12 : 11;
    const length = widthOf(street.name, size);
    const lines = street.lines.map((line) => line.map((point) => scaled(point, scale)));
    const spots = lines.flatMap((line) => straights(line, length + 14));
    const earlier = standing.get(street.name) ?? [];
    standing.set(street.name, earlier);
    for (const { middle, angle } of spots.sort((a, b) => b.length - a.length)) {
      if (earlier.some(([x, y]) => Math.hypot(x - middle[0], y - middle[1]) < REPEAT)) continue;
      if (offer(text(street.name, middle, { size, angle, length }))) earlier.push(middle);
    }
  }
}

/** The stretches of a line that are straight and long enough for a name. */
function straights(line, least) {
  const found = [];
  let from = 0;
  for (let to = 1; to < line.length; to += 1) {
    const isLast = to === line.length - 1;
    if (!isLast && turn(line[from], line[from + 1], line[to], line[to + 1]) <= BEND) continue;
    const [[x, y], [u, v]] = [line[from], line[to]];
    const length = Math.hypot(u - x, v - y);
    if (length >= least) found.push(...spread(line[from], line[to], length));
    from = to;
  }
  return found;
}

function spread([x, y], [u, v], length) {
  const count = Math.max(1, Math.floor(length / REPEAT));
  const angle = Math.atan((v - y) / (u - x || 1e-9));
  return Array.from({ length: count }, (_, index) => {
    const along = (index + 0.5) / count;
    return { middle: [x + (u - x) * along, y + (v - y) * along], angle, length };
  });
}

function turn(a, b, c, d) {
  const heading = ([x, y], [u, v]) => Math.atan2(v - y, u - x);
  const change = Math.abs(heading(a, b) - heading(c, d));
  return Math.min(change, 2 * Math.PI - change);
}

function widthOf(words, size) {
  ruler.font = `500 ${size}px ${FONT}`;
  return ruler.measureText(words).width;
}

function text(words, [x, y], { size, ink = "ink", angle = 0, slant = false, length = widthOf(words, size) }) {
  const boxes = [];
  for (let along = -length / 2; along <= length / 2; along += size) {
    boxes.push([x + Math.cos(angle) * along, y + Math.sin(angle) * along, size * 0.62]);
  }
  const paint = (context, colours) => {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.font = `${slant ? "italic " : ""}500 ${size}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colours.halo;
    context.strokeText(words, 0, 0);
    context.fillStyle = colours[ink];
    context.fillText(words, 0, 0);
    context.restore();
  };
  return { boxes, reach: length / 2 + size, x, y, paint };
}
