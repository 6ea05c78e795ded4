/** When a space is open: always, or on some days between two hours. */

import { h } from "../dom.js";
import { choices, field, oneOf } from "../parts/field.js";
import { hours, weekday } from "../parts/terms.js";
import { say } from "../words.js";

const DAY = 24 * 60;
const WEEK = [0, 1, 2, 3, 4, 5, 6];
const WORKDAYS = { days: WEEK.slice(0, 5), opens: 8 * 60, closes: 18 * 60 };

/** Made of openings as the server has them; what is more than one span a day stays as it is. */
export function schedule(openings = []) {
  const simple = simplified(openings);
  const kinds = [
    { value: "always", text: say("Always") },
    { value: "hours", text: say("Days and hours") },
    ...(openings.length && !simple ? [{ value: "kept", text: hours(openings) }] : []),
  ];
  const present = openings.length ? (simple ? "hours" : "kept") : "always";
  const shown = simple ?? WORKDAYS;
  const days = choices(
    say("Days"),
    WEEK.map((day) => ({ value: day, text: weekday(day) })),
    shown.days,
  );
  const opens = field(say("From"), h("input", { type: "time", value: clockOf(shown.opens), required: true }));
  const closes = field(say("To"), h("input", { type: "time", value: clockOf(shown.closes), required: true }));
  const times = h(
    "div.week",
    { hidden: present !== "hours" },
    days.element,
    h("div.pair", {}, opens.element, closes.element),
    h("p.hint", {}, say("An end that is not later belongs to the day after.")),
  );
  const kind = oneOf(say("Open"), kinds, present, (value) => (times.hidden = value !== "hours"));
  return {
    element: h("fieldset", {}, h("legend", {}, say("When is it open?")), kind.element, times),
    get value() {
      if (kind.value === "always") return [];
      if (kind.value === "kept") return openings;
      return days.value.map((day) => opening(day, minutesOf(opens.value), minutesOf(closes.value)));
    },
    get isMissing() {
      return kind.value === "hours" && (!days.value.length || !opens.value || !closes.value);
    },
    complain: opens.complain,
    input: opens.input,
  };
}

const opening = (day, opens, closes) => ({
  weekday: day,
  opens,
  closes: closes > opens ? closes : closes + DAY,
});

/** The same single span on each of its days, or null. */
function simplified(openings) {
  if (!openings.length) return null;
  const [{ opens, closes }] = openings;
  const same = openings.every((one) => one.opens === opens && one.closes === closes);
  const days = openings.map(({ weekday: day }) => day);
  return same && new Set(days).size === days.length ? { days, opens, closes } : null;
}

function clockOf(minutes) {
  const [hour, minute] = [Math.floor((minutes % DAY) / 60), minutes % 60];
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function minutesOf(clock) {
  const [hour, minute] = clock.split(":").map(Number);
  return 60 * hour + minute;
}
