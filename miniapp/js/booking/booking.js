/** One booking of one's own, or at a space of one's own: the way there, and all that can be done. */

import { h, icon } from "../dom.js";
import { action, dangerousAction, quiet, secondary } from "../parts/buttons.js";
import { gallery } from "../parts/gallery.js";
import { copy, otherMaps, route, save } from "../parts/links.js";
import { banner, failed, skeleton } from "../parts/states.js";
import { refunds } from "../parts/terms.js";
import { explain } from "../notes.js";
import { isolated, money, say, sentence, when, zoneName } from "../words.js";
import { cancel, withdraw } from "./cancel.js";
import { extend } from "./extend.js";
import { changePlate } from "./plate.js";
import { reviewForm } from "./review.js";
import { badge, became, owed, pending, spanOf, stands } from "./state.js";

const ARRIVAL_LEAD = 15 * 60_000;
const CODE = /(?<![\p{L}\p{N}_])[#*]?\d{4,8}[#*]?(?![\p{L}\p{N}_])/u;

/** `fresh` is a booking that was made a moment ago; `booking` is what is known of it already. */
export async function open(app, { id, booking = null, fresh = false }) {
  if (!(await app.session.require())) return null;
  const view = new BookingView(app, id, fresh);
  if (booking) view.draw(booking);
  else await view.load();
  return view;
}

class BookingView {
  constructor(app, id, fresh) {
    Object.assign(this, { app, id, fresh, pictures: [] });
    this.end = new AbortController();
    const { signal } = this.end;
    this.view = app.sheet.show({
      title: say("Booking"),
      body: skeleton("line", "block", "line", "line"),
      name: "booking",
      stop: "full",
      onclose: () => this.close(),
    });
    this.view.onshown(() => this.booking && this.button());
    const news = ({ detail }) => detail.some((one) => one.id === id) && this.load();
    app.live.addEventListener("bookings", news, { signal });
  }

  close() {
    this.end.abort();
    for (const picture of this.pictures) URL.revokeObjectURL(picture);
  }

  get path() {
    return `bookings/${this.id}`;
  }

  async load() {
    try {
      const booking = await this.app.api.get(this.path, {}, { signal: this.end.signal });
      // News of what we know already must not throw away what is being typed.
      if (JSON.stringify(booking) !== JSON.stringify(this.booking)) this.draw(booking);
    } catch (error) {
      if (!this.end.signal.aborted) this.view.update({ body: failed(error, () => this.load()) });
    }
  }

  /** Does something to the booking, which answers what has become of it. */
  async change(method, path, body) {
    try {
      this.draw(await this.app.api[method](`${this.path}/${path}`, body));
      this.app.launch.haptic("success");
    } catch (error) {
      this.app.launch.haptic("error");
      explain(error);
      await this.load();
    }
  }

  draw(booking) {
    this.booking = booking;
    this.zone = booking.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const isRenter = booking.side === "renter";
    this.view.update({
      title: this.title(booking),
      body: [this.head(booking), ...(isRenter ? this.asRenter(booking) : this.asLister(booking))],
    });
    if (this.view.isTop) this.button();
  }

  title(booking) {
    if (this.fresh && stands(booking)) return say("Booked.");
    if (this.fresh && pending(booking)) return say("Asked.");
    return say("Booking");
  }

  head(booking) {
    const { app, zone } = this;
    const place = zoneName(zone);
    const span = sentence(when(spanOf(booking), zone));
    const title = booking.space_title ? isolated(booking.space_title) : say("A space that is gone");
    const openSpace = () => app.open("space", { id: booking.space_id });
    return h(
      "header.booking-head",
      {},
      booking.photo && h("img.thumb", { src: booking.photo.url, alt: "" }),
      h(
        "div",
        {},
        h("p.row", {}, badge(booking)),
        booking.space_title
          ? h("button.title-link", { type: "button", dir: "auto", onclick: openSpace }, title)
          : h("strong", {}, title),
        h("p", {}, place ? say("{when}, {place} time", { when: span, place }) : span),
        h("p.muted", {}, price(booking)),
      ),
    );
  }

  asRenter(booking) {
    if (!stands(booking)) return this.over(booking);
    return [
      booking.exact && this.wayIn(booking.exact),
      this.plate(booking),
      h(
        "ul.lines.small",
        {},
        refunds(booking, this.zone).map((text) => h("li", {}, icon("check"), h("span", {}, text))),
      ),
      h(
        "div.actions",
        {},
        action("clock", say("Extend"), () => extend(this)),
        action("calendar", say("Add to calendar"), () => this.calendar()),
        action("flag", say("Somebody is in my space"), () => report(this)),
        dangerousAction("close", say("Cancel booking"), () => cancel(this)),
      ),
    ];
  }

  over(booking) {
    return [
      banner([became(booking, this.zone), owed(booking)].filter(Boolean).join(" ")),
      pending(booking) &&
        h("div.actions", {}, dangerousAction("close", say("Withdraw"), () => withdraw(this))),
      booking.reviewable && reviewForm(this),
    ];
  }

  asLister(booking) {
    if (pending(booking))
      return [
        banner(say("Somebody asks for your space.")),
        booking.plate && h("p", {}, say("For {plate}", { plate: booking.plate })),
        h(
          "div.actions",
          {},
          action("check", say("Accept"), () => this.change("put", "answer", { accept: true })),
          dangerousAction("close", say("Decline"), () => this.change("put", "answer", { accept: false })),
        ),
      ];
    return [
      booking.plate && h("p", {}, say("For {plate}", { plate: booking.plate })),
      !stands(booking) && banner(became(booking, this.zone)),
      booking.reviewable && reviewForm(this),
      booking.refund_now &&
        h("div.actions", {}, dangerousAction("close", say("Cancel booking"), () => cancel(this))),
    ];
  }

  /** Address, notes and photos of the entrance: for whoever is booked alone. */
  wayIn({ place, address, notes, photos }) {
    const { app } = this;
    const code = CODE.exec(notes)?.[0];
    const copied = (text) => () => copy(app, text, say("Copied."));
    return h(
      "section.way-in",
      {},
      h("h3", {}, say("The way in")),
      address && h("p.address", { dir: "auto" }, icon("pin"), h("span", {}, isolated(address))),
      notes && h("p.user-text", { dir: "auto" }, isolated(notes)),
      h(
        "div.row",
        {},
        code && secondary("copy", say("Copy {code}", { code }), copied(code)),
        !code && notes && secondary("copy", say("Copy the notes"), copied(notes)),
      ),
      h("div.route-row", {}, route(app, place, "secondary"), h("div.row.quiet-actions", {}, otherMaps(app, place))),
      photos.length > 0 && gallery(photos.map(({ url }) => this.picture(url)), say("Photos of the way in")),
    );
  }

  /** A picture that is not for everybody has to be fetched with the token. */
  async picture(url) {
    const blob = await this.app.api.file(url.replace("/api/v1/", ""));
    const address = URL.createObjectURL(blob);
    this.pictures.push(address);
    return address;
  }

  plate(booking) {
    const change = () => changePlate(this);
    return h(
      "p.plate-line",
      {},
      icon("car"),
      h("span", {}, booking.plate ? say("For {plate}", { plate: booking.plate }) : say("No number plate yet")),
      quiet(null, booking.plate ? say("Change plate") : say("Add"), change),
    );
  }

  async calendar() {
    try {
      save(await this.app.api.file(`${this.path}/calendar`), "parking.ics");
    } catch (error) {
      explain(error);
    }
  }

  /** What makes sense of where one is by now: to arrive, and to leave. */
  button() {
    const { booking, app } = this;
    const { mainButton } = app.launch;
    const soon = new Date(booking.window.start) - ARRIVAL_LEAD <= new Date();
    if (booking.side !== "renter" || !stands(booking) || !soon) mainButton.hide();
    else if (booking.state === "booked") mainButton.show(say("I'm here"), () => this.change("post", "check-in"));
    else mainButton.show(say("I've left"), () => this.change("post", "check-out"));
  }
}

/** Of what was given up something else is owed, and said elsewhere. */
function price(booking) {
  const total = money(booking.total);
  return stands(booking) || pending(booking) ? say("{price}, pay on site", { price: total }) : total;
}

function report({ app, booking }) {
  const { space_id: id, space_title: title, zone } = booking;
  return app.open("report", { space: { id, title, zone } });
}
