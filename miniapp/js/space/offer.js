/** The quote for a stay in one space, and the button that books it. */

import { Problem } from "../api.js";
import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { secondary } from "../parts/buttons.js";
import { banner, skeleton } from "../parts/states.js";
import { asks, priceLine, refunds } from "../parts/terms.js";
import { inWords } from "../refusals.js";
import { clock, money, say, sentence, when, zoneName } from "../words.js";
import { confirm } from "./confirm.js";
import { instead } from "./instead.js";

export class Offer {
  quote = null;
  /** Something was asked or has changed since the sheet opened: the tap is a second look. */
  sure = false;
  isBooking = false;
  /** For this stay, a moment ago. */
  wasFree = false;
  #asked = 0;

  constructor(app, view, space) {
    Object.assign(this, { app, view, space, window: app.stay.window });
    this.element = h("section.offer", { "aria-live": "polite" });
    this.element.append(this.when(), skeleton("line", "line"));
  }

  /** Gets a quote for the stay that is looked for; `quiet` keeps what is shown until it is there. */
  async ask({ changed = false, quiet = false, note = "" } = {}) {
    const turn = (this.#asked += 1);
    const { app, space } = this;
    const { start, end } = app.stay.window;
    // Other filters, or another place on the map, are no other stay.
    if (changed && +start === +this.window.start && +end === +this.window.end) return null;
    if (changed) Object.assign(this, { sure: true, wasFree: false });
    this.window = { start, end };
    this.note = note;
    if (!app.session.user || app.session.user.id === space.lister_id) return this.draw();
    if (!quiet) this.waiting();
    try {
      const quote = await app.api.post("quotes", { space_id: space.id, start, end });
      if (turn === this.#asked) this.show(quote);
    } catch (error) {
      if (turn === this.#asked) this.refuse(error);
    }
    return null;
  }

  show(quote) {
    this.quote = quote;
    this.refusal = null;
    this.wasFree = true;
    this.draw();
  }

  /** Why there is no price, and what else could be had. */
  refuse(error) {
    if (!(error instanceof Problem)) throw error;
    this.quote = null;
    this.refusal = error;
    this.draw();
    if (error.status === 409) this.offerInstead().catch(explain);
  }

  async offerInstead() {
    const turn = this.#asked;
    const card = await instead(this.app, this.space, this.window);
    if (card && turn === this.#asked) this.element.append(card);
  }

  /** Whoever is not signed in has no quotes, and sees what the map knows. */
  look() {
    if (!this.app.session.user) this.draw();
  }

  /** What the map knows of it for this stay, or null. */
  get seen() {
    return this.app.map.found.of(this.space.id, this.window);
  }

  waiting() {
    this.element.replaceChildren(this.when(), skeleton("line", "line"));
    if (this.view.isTop) this.app.launch.mainButton.hide();
  }

  draw() {
    const parts = [this.when()];
    if (this.note) parts.push(banner(this.note));
    if (this.refusal) parts.push(this.why());
    else if (this.quote) parts.push(...this.price());
    else parts.push(this.withoutQuote());
    this.element.replaceChildren(...parts.filter(Boolean));
    if (this.view.isTop) this.button();
  }

  when() {
    const { space, app, window } = this;
    const place = zoneName(space.zone);
    const said = sentence(when(window, space.zone));
    const text = place ? say("{when}, {place} time", { when: said, place }) : said;
    return h(
      "button.stay-line",
      { type: "button", onclick: () => app.open("times") },
      icon("clock"),
      h("span", {}, text),
      h("span.change", {}, say("Change")),
    );
  }

  price() {
    const { quote, space } = this;
    const notes = refunds(quote, space.zone);
    return [
      h(
        "dl.price",
        {},
        quote.lines.map((line) => [h("dt", {}, priceLine(line)), h("dd", {}, money(line.amount))]),
        h("dt.total", {}, say("Total, pay on site")),
        h("dd.total", {}, money(quote.total)),
      ),
      h(
        "ul.lines.small",
        {},
        notes.map((text) => h("li", {}, icon("check"), h("span", {}, text))),
        quote.by_request && h("li", {}, icon("message"), h("span", {}, asks())),
      ),
    ];
  }

  /** A visitor sees what the map knows; a lister, that it is theirs. */
  withoutQuote() {
    const { app, space, seen } = this;
    if (app.session.user) return banner(say("This is your own space."));
    if (!seen && app.map.found.isBusy) return skeleton("line", "line");
    if (seen && seen.state !== "free") return this.taken();
    const hour = say("{price} an hour", { price: money(space.tariff.hour) });
    const total = seen && say("{price} for this stay", { price: money({ ...seen, minor: seen.total }) });
    return h("p.price-plain", {}, h("strong", {}, total ?? hour), total && h("span.muted", {}, hour));
  }

  why() {
    const { refusal, wasFree } = this;
    if (refusal.code === "window-taken" && !wasFree) return this.taken();
    return banner(inWords(refusal), "warning", ...this.waysOn());
  }

  /** It never was free for this stay; what is soon can be had with one more tap. */
  taken() {
    const { app, space, seen, window } = this;
    const since = seen?.since && new Date(seen.since);
    const later = () => app.stay.set({ start: since, end: new Date(+since + (window.end - window.start)) });
    const free = since && sentence(say("free from {time}", { time: clock(since, space.zone) }));
    const take = free && secondary("clock", free, later);
    return banner(say("It is taken or closed for some of that time."), "warning", take, ...this.waysOn());
  }

  waysOn() {
    const { app } = this;
    return [
      secondary(null, say("Change time"), () => app.open("times")),
      secondary(null, say("See others"), () => app.sheet.clear()),
    ];
  }

  button() {
    const { app, quote, space } = this;
    const { mainButton } = app.launch;
    if (!app.session.user && this.seen && this.seen.state !== "free") mainButton.hide();
    else if (!app.session.user) mainButton.show(say("Sign in to book"), () => this.signIn());
    else if (app.session.user.id === space.lister_id)
      mainButton.show(say("Edit"), () => app.open("edit", { id: space.id }));
    else if (quote) mainButton.show(this.label(quote.total), () => this.book());
    else mainButton.hide();
  }

  label(total) {
    const price = money(total);
    return this.sure ? say("Confirm · {price}", { price }) : say("Book · {price}", { price });
  }

  async signIn() {
    await this.app.session.require();
  }

  /** The tap that books, unless something has to be asked first. */
  async book() {
    const { quote, app } = this;
    if (quote.plate_needed || quote.by_request) return confirm(app, this);
    try {
      return await this.booked(await this.make());
    } catch (error) {
      return this.afterRefusal(error);
    }
  }

  /** As long as it is under way, news of the space are of ourselves. */
  async make(plate = null) {
    this.isBooking = true;
    try {
      return await this.app.api.post("bookings/create", { quote_id: this.quote.id, ...(plate && { plate }) });
    } catch (error) {
      this.isBooking = false;
      throw error;
    }
  }

  async booked(booking) {
    const { app, view } = this;
    app.launch.haptic("success");
    view.close();
    app.map?.reload?.();
    await app.open("booking", { id: booking.id, booking, fresh: true });
  }

  /** A price that ran out is asked for again, and taken with a second tap. */
  async afterRefusal(error) {
    this.app.launch.haptic("error");
    if (error.code !== "quote-expired") return this.refuse(error);
    const before = this.quote.total;
    this.sure = true;
    await this.ask();
    if (this.quote) this.note = newPrice(before, this.quote.total);
    return this.draw();
  }
}

function newPrice(before, now) {
  if (before.minor === now.minor) return say("The price was good for ten minutes; it is still the same:");
  return say("The price was good for ten minutes; it is {now} now, not {before}:", {
    now: money(now),
    before: money(before),
  });
}
