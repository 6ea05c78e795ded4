/** Where the names of a city go at one zoom: no two overlap, and each stands where it stood. */

const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const RANK = ["primary", "secondary", "tertiary", "pedestrian", "minor"];
const BEND = 0.2; // radians that a street may turn under its name
const REPEAT = 420; // pixels between two labels of one street
const ruler = document.createElement("canvas").getContext("2d");

/** Lists labels in the order of their importance; `city` keeps shapes in pixels of zoom 18. */
export function placeLabels(city, zoom) {
  const scale = 2 ** (zoom - 18);
  const taken = [];
  const placed = [];
  const offer = (label) => {
    if (label.circles.some((circle) => taken.some((other) => touches(circle, other)))) return false;
    taken.push(...label.circles);
    placed.push(label);
    return true;
  };
  if (zoom >= 17) signs(city, scale).forEach(offer);
  const landmarks = city.named.filter(
    ({ at, size, kind }) => at && (kind === "place" ? zoom >= 17 : size * scale > 70),
  );
  landmarks.sort((a, b) => (b.size ?? 0) - (a.size ?? 0)).forEach((one) => offer(nameOf(one, scale)));
  streets(city, scale, offer);
  if (zoom >= 18)
    city.addresses.forEach((one) => offer(text(one.number, at(one, scale), { size: 10, ink: "numberInk" })));
  return placed;
}

const at = ({ at: [x, y] }, scale) => [x * scale, y * scale];
const touches = ([x, y, r], [u, v, s]) => Math.abs(x - u) < r + s && Math.abs(y - v) < r + s;

function nameOf(one, scale) {
  const ink = { green: "greenInk", water: "waterInk", place: "placeInk" }[one.kind];
  return text(one.name, at(one, scale), { size: 11, ink, slant: one.kind === "water" });
}

function streets(city, scale, offer) {
  const named = city.named.filter(({ lines, class: grade }) => lines && RANK.includes(grade));
  named.sort((a, b) => RANK.indexOf(a.class) - RANK.indexOf(b.class));
  const where = new Map();
  for (const street of named) {
    const size = RANK.indexOf(street.class) < 2 ? 12 : 11;
    const length = widthOf(street.name, size);
    const spots = street.lines.flatMap((line) =>
      straights(
        line.map(([x, y]) => [x * scale, y * scale]),
        length + 14,
      ),
    );
    const earlier = where.get(street.name) ?? where.set(street.name, []).get(street.name);
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
    const ends = to === line.length - 1 || turn(line[from], line[from + 1], line[to], line[to + 1]) > BEND;
    if (!ends) continue;
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
  const change = Math.abs(Math.atan2(b[1] - a[1], b[0] - a[0]) - Math.atan2(d[1] - c[1], d[0] - c[0]));
  return Math.min(change, 2 * Math.PI - change);
}

function widthOf(words, size) {
  ruler.font = `500 ${size}px ${FONT}`;
  return ruler.measureText(words).width;
}

function text(words, [x, y], { size, ink = "ink", angle = 0, slant = false, length = widthOf(words, size) }) {
  const circles = [];
  for (let along = -length / 2; along <= length / 2; along += size) {
    circles.push([x + Math.cos(angle) * along, y + Math.sin(angle) * along, size * 0.62]);
  }
  const paint = (context, colours) => {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.font = `${slant ? "italic " : ""}500 ${size}px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 3;
    context.strokeStyle = colours.halo;
    context.strokeText(words, 0, 0);
    context.fillStyle = colours[ink];
    context.fillText(words, 0, 0);
    context.restore();
  };
  return { circles, paint };
}

/** The blue P of car parks. */
function signs(city, scale) {
  return city.carParks.map(([x, y]) => ({
    circles: [[x * scale, y * scale, 8]],
    paint(context, colours) {
      context.fillStyle = colours.sign;
      context.beginPath();
      context.roundRect(x * scale - 7, y * scale - 7, 14, 14, 3);
      context.fill();
      context.font = `700 10px ${FONT}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = colours.signInk;
      context.fillText("P", x * scale, y * scale + 0.5);
    },
  }));
}
