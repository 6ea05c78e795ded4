/** When to park: one tap for the usual, or a day and two times. All in the zone of the place. */

import { h } from "../dom.js";
import { clock, length, say, sentence, when, zoneName } from "../words.js";
import { instant, isoDay, wall } from "../zones.js";

const QUARTERS = 96;
const DAYS = 90;
const DAY = 24 * 3_600_000;

export function open(app) {
  const { stay } = app;
  const body = h("div.times");
  const chosen = { start: stay.start, end: stay.end, chip: stay.chip };
  const draw = () => {
    const focused = document.activeElement?.dataset?.name;
    body.replaceChildren(...content(app, chosen, draw));
    if (focused) body.querySelector(`[data-name="${focused}"]`)?.focus();
    const isRight = chosen.end > chosen.start;
    app.launch.mainButton.show(say("Show spaces"), () => take(app, chosen, view), { enabled: isRight });
  };
  const view = app.sheet.show({ title: say("When do you want to park?"), body, name: "times", stop: "full" });
  view.onshown(draw);
  draw();
  return view;
}

function take(app, { start, end, chip }, view) {
  const hours = /^(\d+)h$/.exec(chip)?.[1];
  app.sheet.close(view);
  if (hours) app.stay.now(Number(hours));
  else app.stay.set({ start, end, chip });
}

function content(app, chosen, draw) {
  const { zone } = app.stay;
  const name = zoneName(zone);
  const isRight = chosen.end > chosen.start;
  return [
    h("div.choices", { role: "group", "aria-label": say("Usual times") }, chips(app, chosen, draw)),
    h(
      "div.moments",
      {},
      moment(say("From"), "start", chosen, zone, draw),
      moment(say("Until"), "end", chosen, zone, draw),
    ),
    h(
      "p.times-summary",
      { role: "status" },
      isRight
        ? say("{when}, {length}", { when: sentence(when(chosen, zone)), length: length(chosen.end - chosen.start) })
        : h("span.danger", {}, say("The end must be after the start.")),
    ),
    name && h("p.muted.small", {}, say("Times are those of {place}.", { place: name })),
  ].filter(Boolean);
}

function chips(app, chosen, draw) {
  const labels = {
    "1h": say("1 h"),
    "2h": say("2 h"),
    "4h": say("4 h"),
    tonight: say("Tonight"),
    tomorrow: say("Tomorrow 9-17"),
  };
  return app.stay.chips().map(({ name, start, end }) => {
    const choose = () => {
      Object.assign(chosen, { start, end, chip: name });
      draw();
    };
    const isOn = String(chosen.chip === name);
    return h("button.chip", { type: "button", "aria-pressed": isOn, data: { name }, onclick: choose }, labels[name]);
  });
}

/** A day and a quarter of an hour; moving the start takes the end along. */
function moment(label, which, chosen, zone, draw) {
  const shown = wall(chosen[which], zone);
  const move = (to) => {
    const by = to - chosen.start;
    if (which === "start") chosen.end = new Date(+chosen.end + by);
    chosen[which] = to;
    chosen.chip = "";
    draw();
  };
  const today = wall(new Date(), zone);
  const day = h("input", {
    type: "date",
    value: isoDay(shown),
    min: isoDay(today),
    max: isoDay({ ...today, day: today.day + DAYS }),
    data: { name: `${which} day` },
    "aria-label": which === "start" ? say("First day") : say("Last day"),
    onchange: ({ target }) => target.value && move(instant({ ...shown, ...dayOf(target.value) }, zone)),
  });
  const time = h(
    "select",
    {
      data: { name: `${which} time` },
      "aria-label": which === "start" ? say("Start time") : say("End time"),
      onchange: ({ target }) => move(instant({ ...shown, hour: 0, minute: Number(target.value) }, zone)),
    },
    quarters(shown).map((minute) =>
      h("option", { value: minute, selected: minute === shown.hour * 60 + shown.minute }, clockOf(minute)),
    ),
  );
  return h("fieldset.moment", {}, h("legend", {}, label), day, time);
}

function quarters({ hour, minute }) {
  const now = hour * 60 + minute;
  const all = Array.from({ length: QUARTERS }, (_, n) => n * 15);
  return all.includes(now) ? all : [...all, now].sort((a, b) => a - b);
}

const clockOf = (minute) => clock(new Date(minute * 60_000 % DAY), "UTC");

function dayOf(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return { year, month, day };
}
