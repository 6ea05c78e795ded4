/** What a space must have. Every choice acts at once; the map behind shows what is left. */

import { h, icon } from "../dom.js";
import { count, money, number, say, sentence } from "../words.js";
import { NO_FILTERS } from "../stay.js";

/** Symbols and names of what a space may offer; a function, for the language is not known earlier. */
export const TAGS = () => ({
  covered: { symbol: "covered", label: say("Covered") },
  ev: { symbol: "bolt", label: say("EV charging") },
  gated: { symbol: "gated", label: say("Gated") },
  cctv: { symbol: "cctv", label: say("CCTV") },
  lit: { symbol: "lit", label: say("Lit") },
  accessible: { symbol: "accessible", label: say("Accessible") },
});

const HEIGHTS = [160, 180, 200, 220, 250, 300];
const LENGTHS = [400, 450, 500, 550, 600, 700];
const SHARES = [0.25, 0.5, 0.75];

export function open(app) {
  const { stay } = app;
  const body = h("div.filters");
  const draw = () => {
    const focused = body.contains(document.activeElement) && document.activeElement.dataset.name;
    body.replaceChildren(...sections(app));
    if (focused) body.querySelector(`[data-name="${focused}"]`)?.focus();
    app.launch.mainButton.show(shown(app), () => app.sheet.close(view));
  };
  const view = app.sheet.show({ title: say("Filters"), body, name: "filters", stop: "full", onclose: () => end.abort() });
  const end = new AbortController();
  stay.addEventListener("change", draw, { signal: end.signal });
  app.map.addEventListener("change", draw, { signal: end.signal });
  view.onshown(draw);
  draw();
  return view;
}

function shown({ map }) {
  const free = map.rows.filter(({ state }) => state === "free").length;
  return free ? count("Show {n} space", "Show {n} spaces", free) : say("Show the map");
}

function sections(app) {
  const { stay } = app;
  const set = (filters) => stay.set({ filters });
  return [
    section(say("The space has"), h("div.choices", {}, Object.entries(TAGS()).map(tagChoice(stay, set)))),
    section(
      say("Booking"),
      choice("instant", stay.filters.instant, say("Instant booking only"), "check", () =>
        set({ instant: !stay.filters.instant }),
      ),
    ),
    section(say("At most, for the whole stay"), prices(app, set)),
    section(
      say("Your vehicle"),
      h(
        "div.sizes",
        {},
        size("height", say("Height"), HEIGHTS, stay, set),
        size("length", say("Length"), LENGTHS, stay, set),
      ),
    ),
    stay.wishes > 0 &&
      h(
        "button.secondary",
        { type: "button", data: { name: "clear" }, onclick: () => set(NO_FILTERS) },
        say("Clear all filters"),
      ),
  ].filter(Boolean);
}

const section = (title, ...content) => h("section.filter-group", {}, h("h3", {}, title), content);

function choice(name, isOn, label, symbol, onclick) {
  return h(
    "button.chip",
    { type: "button", "aria-pressed": String(isOn), data: { name }, onclick },
    icon(symbol),
    sentence(label),
  );
}

function tagChoice(stay, set) {
  return ([tag, { symbol, label }]) => {
    const { tags } = stay.filters;
    const toggled = tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag];
    return choice(tag, tags.includes(tag), label, symbol, () => set({ tags: toggled }));
  };
}

/** Limits that part what is in view, so that each of them changes something. */
function prices({ stay, map }, set) {
  const { price } = stay.filters;
  const { currency, limits } = spread(map.found.rows);
  const all = [...new Set([...limits, ...(price === null ? [] : [price])])].sort((a, b) => a - b);
  const one = (limit) => {
    const label = limit === null ? say("Any price") : money({ minor: limit, currency }, { short: true });
    const act = () => set({ price: limit, currency: limit === null ? null : currency });
    return h("button.chip", { type: "button", "aria-pressed": String(price === limit), data: { name: `price ${limit}` }, onclick: act }, label);
  };
  return h("div.choices", {}, one(null), currency && all.map(one));
}

/** The most frequent currency, and a few prices that a quarter, a half and most of the spaces keep to. */
function spread(rows) {
  const by = new Map();
  for (const { currency, total } of rows) by.set(currency, [...(by.get(currency) ?? []), total]);
  const [currency, totals = []] = [...by].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  totals.sort((a, b) => a - b);
  return { currency, limits: SHARES.map((share) => totals[Math.floor(share * totals.length)]).filter(Boolean) };
}

function size(name, label, sizes, stay, set) {
  const pick = ({ target }) => set({ [name]: target.value ? Number(target.value) : null });
  const metres = (centimetres) =>
    say("up to {metres} m", { metres: number(centimetres / 100, { minimumFractionDigits: 1 }) });
  const option = (value, text) => h("option", { value, selected: stay.filters[name] === (value || null) }, text);
  return h(
    "label.field",
    {},
    h("span", {}, label),
    h(
      "select",
      { data: { name }, onchange: pick },
      option("", say("Any")),
      sizes.map((centimetres) => option(centimetres, metres(centimetres))),
    ),
  );
}
