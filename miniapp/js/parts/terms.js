/** What a space offers and asks, and what a stay costs, in words. */

import { h, icon } from "../dom.js";
import { clock, count, length, locale, moment, money, number, say } from "../words.js";
import { daysBetween, wall } from "../zones.js";

const MINUTE = 60_000;
const DAY = 24 * 60;
const GRACE = 10 * MINUTE;
const MONDAY = Date.UTC(2024, 0, 1);
const INCH = 2.54;
const FEET = new Set(["US", "GB"]);

export const TAGS = ["covered", "ev", "gated", "cctv", "lit", "accessible"];

export function tagName(tag) {
  return {
    covered: say("covered"),
    ev: say("EV"),
    gated: say("gated"),
    cctv: say("CCTV"),
    lit: say("lit"),
    accessible: say("accessible"),
  }[tag];
}

export const tagIcon = (tag) => icon(tag === "ev" ? "bolt" : tag);

/** Tags with their pictures, and which vehicles fit. */
export function features({ tags, limits, country }) {
  const found = tags.map((tag) => feature(tagIcon(tag), tagName(tag)));
  if (limits.height)
    found.push(feature(icon("height"), say("up to {size} high", { size: size(limits.height, country) })));
  if (limits.length)
    found.push(feature(icon("length"), say("up to {size} long", { size: size(limits.length, country) })));
  return found.length > 0 && h("ul.features", { "aria-label": say("What it offers") }, found);
}

const feature = (picture, text) => h("li.feature", {}, picture, text);

/** 1.9 m, or 6′3″ where people measure so: never more room than there is. */
export function size(centimetres, country) {
  if (!FEET.has(country)) {
    const metres = number(centimetres / 100, { minimumFractionDigits: 1, maximumFractionDigits: 2 });
    return say("{metres} m", { metres });
  }
  const inches = Math.floor(centimetres / INCH);
  return `${Math.floor(inches / 12)}′${inches % 12}″`;
}

/** ★ 4.8 (31), or that it is new. */
export function rating({ average, count: n }) {
  if (average === null) return h("span.rating.rating-new", {}, say("new"));
  const stars = number(average, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const heard = count("{stars} of 5, {n} review", "{stars} of 5, {n} reviews", n, { stars });
  return h("span.rating", { role: "img", "aria-label": heard }, icon("star"), `${stars} (${number(n)})`);
}

/** 2 h × €2.50, or so many days, weeks or months. */
export function priceLine({ unit, count: n, each }) {
  const many = {
    hour: () => length(n * 15 * MINUTE),
    day: () => count("{n} day", "{n} days", n),
    week: () => count("{n} week", "{n} weeks", n),
    month: () => count("{n} month", "{n} months", n),
  }[unit]();
  return say("{length} × {price}", { length: many, price: money(each) });
}

/** Each refund step as a sentence: what cancelling until then costs. */
export function refunds({ refund_steps: steps, window, made_at: made }, zone, now = new Date()) {
  const start = new Date(window.start);
  const ahead = steps.filter((step) => new Date(step.until) >= now);
  if (!ahead.length) return [say("Cancelling gives nothing back any more.")];
  // Once something was waived, steps may cost the same: the last of them counts.
  const dearer = ahead.filter(({ cost }, n) => ahead[n + 1]?.cost.minor !== cost.minor);
  return dearer.map(({ until: last, cost }) => {
    const end = new Date(last);
    if (made && end - new Date(made) === GRACE) return say("Free to cancel for ten minutes after booking.");
    const when = start - end <= 1_000 ? say("the start") : deadline(end, start, zone, now);
    if (!cost.minor) return say("Free to cancel until {until}.", { until: when });
    return say("Cancelling costs {owed} until {until}.", { owed: money(cost), until: when });
  });
}

export const asks = () => say("This is a request: the lister says yes or no, within a day at the latest.");

/** As until, but always with its day for what starts on another: 18:00 would be taken for then. */
const deadline = (at, start, zone, now) =>
  daysBetween(wall(now, zone), wall(start, zone)) === 0 ? until(at, zone, now) : moment(at, zone, now);

/** 14:15, with its day where that is not today. */
export function until(at, zone, now = new Date()) {
  const isToday = daysBetween(wall(now, zone), wall(at, zone)) === 0;
  return isToday ? clock(at, zone) : moment(at, zone, now);
}

/** Mon–Fri 08:00–18:00, Sat 22:00–02:00; or always. */
export function hours(openings) {
  if (!openings.length) return say("always");
  return grouped(openings)
    .map(({ days, spans }) => `${daysNamed(days)} ${spansNamed(spans)}`)
    .join(", ");
}

/** Neighbouring days with the same hours together. */
function grouped(openings) {
  const groups = [];
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const spans = openings.filter((one) => one.weekday === weekday);
    if (!spans.length) continue;
    const key = spans.map(({ opens, closes }) => `${opens}-${closes}`).join();
    const last = groups.at(-1);
    if (last?.key === key && last.days.at(-1) === weekday - 1) last.days.push(weekday);
    else groups.push({ key, days: [weekday], spans });
  }
  return groups;
}

function daysNamed(days) {
  if (days.length === 7) return say("daily");
  if (days.length === 1) return weekday(days[0]);
  return `${weekday(days[0])}–${weekday(days.at(-1))}`;
}

/** 0 is Monday. */
export function weekday(index, width = "short") {
  const format = new Intl.DateTimeFormat(locale(), { weekday: width, timeZone: "UTC" });
  return format.format(MONDAY + index * DAY * MINUTE);
}

function spansNamed(spans) {
  if (spans.some(({ opens, closes }) => closes - opens >= DAY)) return say("all day");
  return spans.map(({ opens, closes }) => `${onClock(opens)}–${onClock(closes)}`).join(" + ");
}

const onClock = (minutes) => clock(new Date(MONDAY + (minutes % DAY) * MINUTE), "UTC");

/** 24 Dec – 26 Dec, of local dates as the server writes them. */
export function dates(first, last) {
  const format = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", timeZone: "UTC" });
  const named = (date) => format.format(new Date(date));
  return first === last ? named(first) : `${named(first)} – ${named(last)}`;
}

/** What its lister asks of a stay, sentence by sentence; what is usual goes without saying. */
export function rules({ rules: asked, approval, plate_needed: plate }) {
  const minutes = (n) => length(n * MINUTE);
  return [
    approval === "request" && say("The lister says yes or no to each booking."),
    approval === "first_five" && say("The lister says yes or no to the first five bookings."),
    plate && say("The lister asks for your number plate."),
    say("Stays of {least} to {most}.", { least: minutes(asked.min_stay), most: minutes(asked.max_stay) }),
    asked.notice > 0 && say("To be booked {length} ahead.", { length: minutes(asked.notice) }),
    asked.horizon < 90 * DAY &&
      say("It can be booked {length} ahead at most.", { length: minutes(asked.horizon) }),
  ].filter(Boolean);
}

/** €2.50 an hour, and what longer stays cost at most. */
export function tariff({ hour, day, week, month }) {
  return [
    say("{price} an hour", { price: money(hour) }),
    day && say("at most {price} a day", { price: money(day) }),
    week && say("at most {price} a week", { price: money(week) }),
    month && say("at most {price} a month", { price: money(month) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
