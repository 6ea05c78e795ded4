/**
 * Everything the person reads: texts in their language, and money, distances and times as they
 * write them. English texts are the keys of the catalogue; their facts stand in {braces}.
 */

import { daysBetween, wall } from "./zones.js";

/** Under which name the tab keeps the language that was chosen in it. */
export const CHOSEN = "language";
const MILES = new Set(["US", "GB"]);
const FOOT = 0.3048;
const YARD = 0.9144;
const MILE = 1609.344;

const state = { language: "en", locale: "en-GB", texts: {}, plural: new Intl.PluralRules("en") };
const english = new Intl.PluralRules("en");
const formats = new Map();

/**
 * Speaks this language from now on, or English where the server does not know it. A text that
 * counts comes as one text for every category of Intl.PluralRules.
 */
export async function speak(language, api) {
  const { language: spoken, locale, messages } = await api.get(`words/${language}`, {}, { open: true });
  const plural = new Intl.PluralRules(spoken);
  Object.assign(state, { language: spoken, locale, texts: messages, plural });
  formats.clear();
  document.documentElement.lang = spoken;
}

export const language = () => state.language;
export const locale = () => state.locale;

/** A text with its facts: say("Free from {time}", { time }). */
export function say(text, facts = {}) {
  return filled(state.texts[text] ?? text, facts);
}

/** The text for a number, which is the fact {n} too: count("{n} space", "{n} spaces", 3). */
export function count(one, many, n, facts = {}) {
  const forms = state.texts[one] ?? { one, other: many };
  const category = (state.texts[one] ? state.plural : english).select(n);
  return filled(forms[category] ?? forms.other, { n: number(n), ...facts });
}

function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What a person wrote, without marks of direction of its own, so that it does not turn ours around. */
export const isolated = (text) => `\u2068${text.replace(BIDI, "")}\u2069`;

function formatter(kind, options) {
  const key = JSON.stringify([kind.name, options]);
  if (!formats.has(key)) formats.set(key, new kind(state.locale, options));
  return formats.get(key);
}

export function number(value, options = {}) {
  return formatter(Intl.NumberFormat, options).format(value);
}

/** { minor, currency } as "€5.00"; `short` leaves out cents that are none. */
export function money({ minor, currency }, { short = false } = {}) {
  const options = { style: "currency", currency, currencyDisplay: "narrowSymbol" };
  const { maximumFractionDigits } = formatter(Intl.NumberFormat, options).resolvedOptions();
  const amount = minor / 10 ** maximumFractionDigits;
  const cut = short && Number.isInteger(amount) ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {};
  return number(amount, { ...options, ...cut });
}

/** Metres as people measure in this country: 240 m, 1.3 km, 0.4 mi. */
export function distance(metres, country = "") {
  const tens = (length) => number(Math.max(10, Math.round(length / 10) * 10));
  const few = (length) => number(length, { maximumFractionDigits: length < 10 ? 1 : 0 });
  if (!MILES.has(country)) {
    return metres < 1000 ? say("{n} m", { n: tens(metres) }) : say("{n} km", { n: few(metres / 1000) });
  }
  if (metres >= MILE / 4) return say("{n} mi", { n: few(metres / MILE) });
  return country === "US"
    ? say("{n} ft", { n: tens(metres / FOOT) })
    : say("{n} yd", { n: tens(metres / YARD) });
}

/** How long: 2 h, 1 h 30 min, 3 days. */
export function length(milliseconds) {
  const minutes = Math.ceil(milliseconds / 60_000);
  if (minutes >= 1440 && minutes % 1440 === 0) return count("{n} day", "{n} days", minutes / 1440);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (!hours) return say("{minutes} min", { minutes: rest });
  if (!rest) return say("{hours} h", { hours: number(hours) });
  return say("{hours} h {minutes} min", { hours, minutes: rest });
}

/** 14:15 in a zone. */
export function clock(at, zone) {
  return formatter(Intl.DateTimeFormat, { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(at);
}

/** Today, tomorrow, or the date. */
export function day(at, zone, now = new Date()) {
  const [there, today] = [wall(at, zone), wall(now, zone)];
  const days = daysBetween(today, there);
  if (days === 0) return say("today");
  if (days === 1) return say("tomorrow");
  const year = there.year === today.year ? {} : { year: "numeric" };
  const options = { timeZone: zone, weekday: "short", day: "numeric", month: "short", ...year };
  return formatter(Intl.DateTimeFormat, options).format(at);
}

/** today 14:15 */
export const moment = (at, zone, now) => `${day(at, zone, now)} ${clock(at, zone)}`;

/** today 14:15–16:15, or with both dates where it ends on another day. */
export function when({ start, end }, zone, now) {
  const days = daysBetween(wall(start, zone), wall(end, zone));
  const lastMoment = new Date(end.getTime() - 1);
  const sameDay = days === 0 || daysBetween(wall(start, zone), wall(lastMoment, zone)) === 0;
  return sameDay
    ? `${moment(start, zone, now)}–${clock(end, zone)}`
    : `${moment(start, zone, now)} – ${moment(end, zone, now)}`;
}

/** The zone as a place's name, where clocks there differ from the reader's; else nothing. */
export function zoneName(zone) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date();
  const same = JSON.stringify(wall(now, zone)) === JSON.stringify(wall(now, own));
  return same ? "" : zone.split("/").at(-1).replaceAll("_", " ");
}

/** With a capital at the beginning of a line. */
export const sentence = (text) => text.charAt(0).toLocaleUpperCase(state.locale) + text.slice(1);
