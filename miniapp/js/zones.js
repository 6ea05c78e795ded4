/** Instants and wall times of a time zone. A wall time is { year, month, day, hour, minute }. */

const formats = new Map();

function format(zone) {
  if (!formats.has(zone)) {
    const options = { timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn" };
    const fields = ["year", "month", "day", "hour", "minute"].map((name) => [name, "numeric"]);
    formats.set(zone, new Intl.DateTimeFormat("en", { ...options, ...Object.fromEntries(fields) }));
  }
  return formats.get(zone);
}

/** What clocks show there at an instant. */
export function wall(instant, zone) {
  const parts = format(zone).formatToParts(instant);
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

/**
 * The instant at which clocks there show this. Of a time that comes twice it is the first; a time
 * that is left out becomes the one as far behind the gap. Days and hours may run over.
 */
export function instant({ year, month, day, hour = 0, minute = 0 }, zone) {
  const target = Date.UTC(year, month - 1, day, hour, minute);
  const shift = (at) => {
    const shown = wall(new Date(at), zone);
    return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute) - at;
  };
  const DAY = 24 * 3_600_000;
  const guesses = [shift(target - DAY), shift(target + DAY)].map((offset) => target - offset);
  const right = guesses.filter((at) => at + shift(at) === target);
  return new Date(right.length ? Math.min(...right) : guesses[0]);
}

/** 2030-06-03, as date inputs have it. */
export function isoDay({ year, month, day }) {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** Whole days from one wall time's date to another's. */
export function daysBetween(from, to) {
  const at = ({ year, month, day }) => Date.UTC(year, month - 1, day);
  return Math.round((at(to) - at(from)) / (24 * 3_600_000));
}
