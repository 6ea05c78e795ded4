/** Inline mode: the list of results that rises above the input while somebody types "@bot ...". */

import { h } from "./dom.js";
import { fileUrl } from "./link.js";

const PAUSE = 250; // milliseconds of rest in the typing before the bot is asked

export class InlineResults {
  /**
   * `ask(frame)` sends a query, `choose(request, id)` takes a result, `leave(button)` follows the
   * button above them, `consent(again)` makes the row that asks whether to tell one's place.
   */
  constructor({ ask, choose, leave, consent }) {
    Object.assign(this, { ask, choose, leave, consent });
    this.request = 0;
    this.query = null;
    this.element = h("div.suggestions.inline-results", {
      role: "group",
      "aria-label": "Results of the bot",
      hidden: true,
    });
    this.element.addEventListener("scroll", () => this.nearEnd() && this.more(), { passive: true });
  }

  /** Asks the bot once the person rests; `null` closes the list. */
  type(query) {
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.timer);
    if (query === null) this.close();
    else this.timer = setTimeout(() => this.start(), PAUSE);
  }

  start() {
    this.request += 1;
    this.offset = "";
    this.fresh = true;
    this.element.classList.add("busy");
    this.send();
  }

  send() {
    this.waiting = true;
    this.ask({ type: "inline", request: this.request, query: this.query, offset: this.offset });
  }

  nearEnd() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < 160;
  }

  more() {
    if (this.offset && !this.waiting) this.send();
  }

  receive({ request, results, next_offset: next, button }) {
    if (request !== this.request || this.query === null) return;
    if (this.fresh)
      this.element.replaceChildren(
        ...[this.consent(() => this.start()), button && this.above(button)].filter(Boolean),
      );
    this.element.append(...results.map((result) => this.item(result)));
    if (this.fresh && !results.length && !button) this.element.append(h("p.nothing", {}, "Nothing found"));
    Object.assign(this, { fresh: false, waiting: false, offset: next ?? "" });
    this.element.classList.remove("busy");
    this.element.hidden = false;
  }

  above(button) {
    return h("button.inline-above", { type: "button", onclick: () => this.leave(button) }, button.text);
  }

  item(result) {
    const lines = h(
      "span.result-lines",
      {},
      h("strong", { dir: "auto" }, result.title ?? "Photo"),
      h("span", { dir: "auto" }, result.description ?? result.address ?? ""),
    );
    return h("button.result", { type: "button", onclick: () => this.take(result) }, picture(result), lines);
  }

  take(result) {
    const { request } = this;
    this.type(null);
    this.choose(request, result.id);
  }

  close() {
    this.request += 1;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** The element a key press should move between. */
  get items() {
    return [...this.element.querySelectorAll("button")];
  }
}

function picture(result) {
  const source =
    result.thumbnail_url ?? result.photo_url ?? (result.photo_file_id && fileUrl(result.photo_file_id));
  const letter = h("span.result-letter", { "aria-hidden": "true" }, [...(result.title ?? "?")][0]);
  if (!source) return letter;
  const image = h("img", { src: source, alt: "" });
  image.addEventListener("error", () => image.replaceWith(letter), { once: true });
  return image;
}
