/** The spaces in view that can be booked, as cards; the map and the list point at each other. */

import { arrange, h, icon } from "../dom.js";
import { clock, count, distance, isolated, money, number, say } from "../words.js";
import { foundOf } from "./map.js";
import { TAGS } from "./filters.js";

const PAGE = 20;
const MOST = 200; // that the server gives at once
const WALKED = 80; // metres a minute
const LONGEST_WALK = 45;

export class List {
  #items = [];
  #next = null;
  #cards = new Map();
  #abort = null;

  constructor(app, map) {
    Object.assign(this, { app, map });
    this.summary = h("p.list-summary", { role: "status" });
    this.sort = this.#sorting();
    this.cards = h("ul.spots");
    this.more = h("button.secondary", { type: "button", hidden: true, onclick: () => this.#load(this.#next) }, say("Show more"));
    this.view = app.sheet.show({
      title: say("Spaces in view"),
      name: "list",
      head: false,
      stop: "peek",
      body: [h("div.list-head", { data: { drag: "" } }, this.summary, this.sort), this.cards, this.more],
    });
    map.found.addEventListener("change", () => this.refresh());
    map.found.addEventListener("moved", () => this.restart());
    map.found.addEventListener("busy", () => this.view.element.classList.toggle("busy", map.found.isBusy));
  }

  /** Asks anew; what is shown stays until the answer is there. */
  refresh() {
    this.#summarise();
    return this.#load(null, Math.min(MOST, Math.max(PAGE, this.#items.length)));
  }

  /** Another view: from the first page on. */
  restart() {
    this.#items = this.#items.slice(0, PAGE);
    return this.refresh();
  }

  /** Spaces that lie on one another, to choose from. */
  choose(rows) {
    const cards = rows.map((row) => this.#card(foundOf(row, this.map), row));
    this.app.sheet.show({
      title: count("{n} space here", "{n} spaces here", rows.length),
      body: h("ul.spots", {}, cards),
      name: "here",
    });
  }

  #sorting() {
    const orders = {
      nearest: say("Nearest first"),
      cheapest: say("Cheapest first"),
      best_rated: say("Best rated first"),
    };
    const choose = ({ target }) => this.app.stay.set({ filters: { sort: target.value } });
    return h(
      "label.sort",
      {},
      h("span.visually-hidden", {}, say("Order")),
      h(
        "select",
        { onchange: choose },
        Object.entries(orders).map(([value, label]) => h("option", { value }, label)),
      ),
      icon("down"),
    );
  }

  #summarise() {
    const { rows } = this.map;
    const free = rows.filter(({ state }) => state === "free");
    const soon = rows.filter(({ state }) => state === "soon").length;
    if (this.map.found.crowds.length) this.summary.textContent = say("Zoom in to see prices");
    else if (free.length) this.summary.replaceChildren(h("strong", {}, this.#freeText(free)));
    else if (soon) this.summary.replaceChildren(h("strong", {}, count("{n} space free soon", "{n} spaces free soon", soon)));
    else this.summary.replaceChildren(h("strong", {}, say("Nothing free here")));
  }

  #freeText(free) {
    const cheapest = free.reduce((least, row) => (row.total < least.total ? row : least));
    const price = money({ minor: cheapest.total, currency: cheapest.currency }, { short: true });
    return count("{n} free, from {price}", "{n} free, from {price}", free.length, { price });
  }

  async #load(cursor, limit = PAGE) {
    const { app, map } = this;
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    const { sort } = app.stay.filters;
    const query = { ...map.area, ...map.reference, ...app.stay.query, sort, limit, cursor };
    try {
      const { items, next } = await app.api.get("spaces", query, { signal: abort.signal });
      this.#items = cursor ? [...this.#items, ...items] : items;
      this.#next = next;
      this.#draw();
    } catch (error) {
      if (error.name !== "AbortError") app.explain(error);
    }
  }

  /** Cards of the same spaces stay where they are, with the focus they may have; only the way changes. */
  #draw() {
    const before = this.#cards;
    this.#cards = new Map(
      this.#items.map((item) => {
        const face = JSON.stringify({ ...item, distance: 0, walking_minutes: 0 });
        const known = before.get(face);
        return [face, known ? this.#moved(known, item) : { item, card: this.#card(item) }];
      }),
    );
    const cards = [...this.#cards.values()].map(({ card }) => card);
    arrange(this.cards, cards.length ? cards : this.#instead());
    this.more.hidden = !this.#next;
  }

  #moved(known, item) {
    Object.assign(known.item, item);
    known.card.querySelector(".spot-way").replaceWith(this.#way(item));
    return known;
  }

  /** Where nothing is free: what will be soon, or the way on. */
  #instead() {
    const soon = this.map.rows.filter(({ state }) => state === "soon").slice(0, 5);
    if (soon.length) return soon.map((row) => this.#card(foundOf(row, this.map), row));
    const { leaflet } = this.map;
    const wider = () => leaflet.setZoom(leaflet.getZoom() - 1);
    return [
      h(
        "li.nothing-here",
        {},
        h("p", {}, say("Try another time, fewer filters, or a wider area.")),
        h("button.secondary", { type: "button", onclick: wider }, say("Look further around")),
      ),
    ];
  }

  #card(found, row = null) {
    const { app, map } = this;
    const press = () => {
      map.markers.point(null);
      return app.open("space", { id: found.id, found });
    };
    const point = (id) => () => map.markers.point(id);
    return h(
      "li",
      {},
      h(
        "button.spot",
        {
          type: "button",
          onclick: press,
          onmouseenter: point(found.id),
          onmouseleave: point(null),
          onfocus: ({ target }) => target.matches(":focus-visible") && map.markers.point(found.id),
          onblur: point(null),
        },
        picture(found),
        h(
          "span.spot-text",
          {},
          h("span.spot-title", {}, isolated(found.title)),
          h("span.spot-facts", {}, stars(found.rating), this.#way(found)),
          row?.since
            ? h("span.spot-since", {}, icon("clock"), say("free from {time}", { time: clock(new Date(row.since), map.found.zone) }))
            : h("span.spot-tags", {}, (found.tags ?? []).slice(0, 4).map(tag)),
        ),
        h(
          "span.spot-price",
          {},
          h("strong", {}, money(found.price)),
          found.instant === false && h("span.spot-request", {}, say("on request")),
        ),
      ),
    );
  }

  #way(found) {
    const metres = this.map.metresTo(found.point);
    const way = distance(metres, this.map.found.country);
    const minutes = Math.max(1, Math.ceil(metres / WALKED));
    const isNear = minutes <= LONGEST_WALK;
    const text = isNear ? say("{minutes} min, {distance}", { minutes: number(minutes), distance: way }) : way;
    return h("span.spot-way", {}, icon(isNear ? "walk" : "route"), text);
  }
}

function picture({ photo }) {
  if (!photo) return h("span.spot-picture", {}, icon("car"));
  return h("span.spot-picture", {}, h("img", { src: photo.url, alt: "", loading: "lazy", decoding: "async" }));
}

function stars({ average, count: n }) {
  if (average === null) return h("span.spot-stars.muted", {}, say("New"));
  const shown = number(average, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const label = count("{stars} of 5 stars, {n} review", "{stars} of 5 stars, {n} reviews", n, { stars: shown });
  return h(
    "span.spot-stars",
    {},
    icon("star"),
    h("span", { "aria-hidden": "true" }, shown),
    h("span.visually-hidden", {}, label),
    h("span.muted", { "aria-hidden": "true" }, `(${number(n)})`),
  );
}

function tag(name) {
  const { symbol, label } = TAGS()[name];
  return h("span.spot-tag", { title: label }, icon(symbol), h("span.visually-hidden", {}, label));
}
