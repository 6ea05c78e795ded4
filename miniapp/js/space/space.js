/** One space: its photos, what a stay costs there, and the way to booking it. */

import { h, icon } from "../dom.js";
import { gallery } from "../parts/gallery.js";
import { route, share } from "../parts/links.js";
import { failed, skeleton } from "../parts/states.js";
import { dates, features, hours, rating, rules, tariff } from "../parts/terms.js";
import { distance, isolated, say, sentence, zoneName } from "../words.js";
import { Offer } from "./offer.js";
import { reviews } from "./reviews.js";

/** `found` is what a search said of it, as far as it is known: title, price and distance show at once. */
export async function open(app, { id, found = null }) {
  const view = new SpaceView(app, id, found);
  await view.load();
  return view;
}

class SpaceView {
  constructor(app, id, found) {
    Object.assign(this, { app, id, found });
    this.end = new AbortController();
    const { signal } = this.end;
    this.view = app.sheet.show({
      title: found ? isolated(found.title) : say("Parking space"),
      body: skeleton("photo", "line", "block", "line", "line"),
      name: "space",
      onclose: () => this.close(),
    });
    this.view.onshown(() => this.offer?.draw());
    app.stay.addEventListener("change", () => this.offer?.ask({ changed: true }), { signal });
    app.live.addEventListener("spaces", ({ detail }) => this.hear(detail), { signal });
    app.session.addEventListener("change", () => this.load(), { signal });
    app.map.found.addEventListener("busy", () => this.offer?.look(), { signal });
  }

  close() {
    this.end.abort();
    this.app.map?.select?.(null);
  }

  async load() {
    try {
      this.space = await this.app.api.get(`spaces/${this.id}`, {}, { signal: this.end.signal });
    } catch (error) {
      if (this.end.signal.aborted) return;
      this.view.update({ body: failed(error, () => this.load()) });
      return;
    }
    this.app.map?.select?.(this.id, this.space.point);
    this.draw();
    await this.offer.ask();
  }

  /** Somebody else may have booked, or the lister changed it, while we look. */
  hear(changed) {
    const isOurs = !this.offer || this.offer.isBooking;
    if (!isOurs && changed.some(({ id }) => id === this.id)) this.offer.ask({ quiet: true });
  }

  draw() {
    const { app, space } = this;
    this.offer = new Offer(app, this.view, space);
    this.view.update({
      title: isolated(space.title),
      body: [
        gallery(
          space.photos.map(({ url }) => url),
          say("Photos of {title}", { title: isolated(space.title) }),
        ),
        h("p.facts-line", {}, rating(space.rating), this.away()),
        this.offer.element,
        this.about(),
        this.terms(),
        reviews(app, space),
        this.more(),
      ],
    });
  }

  away() {
    const { found, space } = this;
    if (!found || found.distance < 1) return null;
    const far = distance(found.distance, space.country);
    const said =
      found.walking_minutes > 60
        ? far
        : say("{distance}, {minutes} min", { distance: far, minutes: found.walking_minutes });
    return h("span.away", {}, icon("walk"), said);
  }

  about() {
    const { space } = this;
    return h(
      "section.part",
      {},
      features(space),
      space.description && h("p.user-text", { dir: "auto" }, space.description),
    );
  }

  terms() {
    const { space } = this;
    const place = zoneName(space.zone);
    const open = place
      ? say("Open {hours}, {place} time", { hours: hours(space.openings), place })
      : say("Open {hours}", { hours: hours(space.openings) });
    const where = space.shows_place
      ? say("Shown at its exact place.")
      : say("The exact place and the way in come with the booking.");
    return h(
      "section.part",
      {},
      h("h3", {}, say("Good to know")),
      h(
        "ul.lines",
        {},
        line("pin", where),
        line("clock", open),
        line("coin", sentence(tariff(space.tariff))),
        rules(space).map((text) => line("check", text)),
        blockedDates(space).map((text) => line("calendar", text)),
      ),
    );
  }

  more() {
    const { app, space } = this;
    const report = () => app.open("report", { space });
    return h(
      "div.row.quiet-actions",
      {},
      route(app, space.point),
      h("button.quiet", { type: "button", onclick: () => share(app, space) }, icon("share"), say("Share")),
      h("button.quiet", { type: "button", onclick: report }, icon("flag"), say("Report a car")),
    );
  }
}

const line = (picture, text) => h("li", {}, icon(picture), h("span", {}, text));

/** Dates still to come on which it is not offered. */
function blockedDates({ blocked }) {
  const today = new Date().toISOString().slice(0, 10);
  return blocked
    .filter(({ last }) => last >= today)
    .slice(0, 3)
    .map(({ first, last }) => say("Not offered {dates}", { dates: dates(first, last) }));
}
