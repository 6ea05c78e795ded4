/** Over the map, or above the list on wide screens: the search box, the time, and the filters. */

import { h, icon, iconButton } from "../dom.js";
import { count, language, say, sentence, when } from "../words.js";
import { TAGS } from "./filters.js";

const WIDE = matchMedia("(min-width: 900px)");
const COORDINATES = /^\s*(-?\d{1,2}(?:\.\d+)?)[,;\s]+(-?\d{1,3}(?:\.\d+)?)\s*$/;
const QUICK = ["ev", "covered", "gated", "accessible"];

export class Bar {
  constructor(app, map) {
    Object.assign(this, { app, map });
    this.input = h("input", {
      type: "search",
      name: "q",
      autocomplete: "off",
      enterkeyhint: "search",
      maxlength: 200,
      placeholder: say("Address or place"),
      "aria-label": say("Search for an address or a place"),
      oninput: () => this.#typed(),
    });
    this.erase = iconButton("close", say("Clear the search"), () => this.clear(), { hidden: true });
    this.answers = h("ul.answers", { hidden: true });
    this.time = h("button.chip.time-chip", { type: "button", onclick: () => app.open("times") });
    this.filter = h("button.chip", { type: "button", onclick: () => app.open("filters") });
    this.tags = h("div.bar-tags", {});
    this.element = h(
      "div.bar",
      {},
      h(
        "form.search",
        { role: "search", onsubmit: (event) => this.#search(event) },
        icon("search"),
        this.input,
        this.erase,
        iconButton("user", say("Menu"), () => app.open("menu"), { "aria-haspopup": "dialog" }),
      ),
      this.answers,
      h("div.bar-chips", {}, this.time, this.filter, this.tags),
    );
    this.element.addEventListener("keydown", (event) => this.#key(event));
    app.stay.addEventListener("change", () => this.#draw());
    map.found.addEventListener("change", () => this.#drawTime());
    WIDE.addEventListener("change", () => this.place());
    this.place();
    this.#draw();
  }

  /** Pixels of the map that it covers. */
  get height() {
    return WIDE.matches ? 0 : this.element.offsetHeight;
  }

  clear() {
    this.input.value = "";
    this.#typed();
    this.map.unpin();
    this.input.focus();
  }

  /** Where it can be reached: no list is, while a place is being chosen. */
  place() {
    const choosing = "picking" in document.documentElement.dataset;
    if (WIDE.matches && !choosing) this.map.list.view.element.prepend(this.element);
    else this.map.ground.append(this.element);
  }

  #draw() {
    const n = this.app.stay.wishes;
    this.#drawTime();
    this.filter.replaceChildren(icon("filter"), n ? count("{n} filter", "{n} filters", n) : say("Filters"));
    this.filter.setAttribute("aria-pressed", n > 0);
    this.tags.replaceChildren(...QUICK.map((tag) => this.#tag(tag)));
  }

  /** In the zone of what is in view; the rest does not change with that, and may have the focus. */
  #drawTime() {
    const { stay } = this.app;
    this.time.replaceChildren(icon("clock"), sentence(when(stay.window, stay.zone)));
  }

  #tag(tag) {
    const { stay } = this.app;
    const has = stay.filters.tags.includes(tag);
    const toggle = () => {
      const others = stay.filters.tags.filter((one) => one !== tag);
      stay.set({ filters: { tags: has ? others : [...others, tag] } });
      this.tags.children[QUICK.indexOf(tag)].focus();
    };
    const { symbol, label } = TAGS()[tag];
    return h("button.chip", { type: "button", "aria-pressed": String(has), onclick: toggle }, icon(symbol), sentence(label));
  }

  #typed() {
    this.erase.hidden = !this.input.value;
    this.answers.hidden = true;
  }

  /** Asked when the person has finished: services of addresses forbid to ask at every letter. */
  async #search(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    const [, lat, lng] = COORDINATES.exec(text) ?? [];
    if (lat && Math.abs(lat) <= 90 && Math.abs(lng) <= 180) {
      this.#go({ name: text, point: { lat: Number(lat), lng: Number(lng) } });
      return;
    }
    const { items } = await this.app.api.get("places", { q: text, language: language() });
    if (items.length === 1) this.#go(items[0]);
    else this.#offer(items);
  }

  #offer(items) {
    const choices = items.map((place) =>
      h("li", {}, h("button", { type: "button", onclick: () => this.#go(place) }, icon("pin"), place.name)),
    );
    const none = h("li.muted", { role: "status" }, say("Nothing found. Try a street with its number."));
    this.answers.replaceChildren(...(choices.length ? choices : [none]));
    this.answers.hidden = false;
    this.answers.querySelector("button")?.focus();
  }

  #go({ name, point }) {
    this.input.value = name;
    this.#typed();
    this.input.blur();
    this.map.goTo(point, { pin: true });
  }

  #key(event) {
    if (event.key === "Escape" && !this.answers.hidden) {
      event.stopPropagation();
      this.answers.hidden = true;
      this.input.focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || this.answers.hidden) return;
    event.preventDefault();
    const all = [this.input, ...this.answers.querySelectorAll("button")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  }
}
