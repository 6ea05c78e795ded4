/** Adding a space: place, photos, a few words and a price; a preview; then it is live. */

import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { secondary } from "../parts/buttons.js";
import { field, text } from "../parts/field.js";
import { banner } from "../parts/states.js";
import { Uploads } from "../parts/uploads.js";
import { metresBetween } from "../map/mercator.js";
import { isolated, money, say } from "../words.js";
import { SpaceForm } from "./form.js";
import { asOffered } from "./offer.js";
import { preview } from "./preview.js";

const ANOTHER_BAY = 20;
const DRAFT = "draft";

/** `point` is where the pin was dropped, if it was. */
export async function open(app, { point = null } = {}) {
  if (!(await app.session.require())) return null;
  const view = new AddView(app);
  if (point) await view.place(point);
  else if (view.draft.point) await view.place(view.draft.point, view.draft.address);
  return view;
}

class AddView {
  /** What a neighbouring space of one's own lends to this one. */
  copied = {};
  surprising = null;

  constructor(app) {
    this.app = app;
    this.draft = app.kept.get(DRAFT) ?? {};
    this.form = new SpaceForm({}, { draft: this.draft, onchange: () => this.keep() });
    this.photos = new Uploads({ label: say("Add photos") });
    this.photos.addEventListener("change", () => this.draw());
    this.where = h("div.where");
    this.asked = h("div");
    this.view = app.sheet.show({
      title: say("Add a space"),
      name: "add",
      stop: "full",
      body: this.body(),
      onclose: () => this.close(),
    });
    this.view.onshown(() => this.draw());
    app.launch.confirmClosing(true);
    this.drawPlace();
    this.draw();
  }

  body() {
    const hasDraft = Boolean(this.draft.title || this.draft.price || this.draft.point);
    const restart = secondary(null, say("Start over"), () => this.restart());
    const halfMade = say("You have a half-made listing. Go on where you left; photos have to be added again.");
    return [
      hasDraft && banner(halfMade, "plain", restart),
      step(say("Where is it?"), this.where, this.asked),
      step(
        say("What does it look like?"),
        this.photos.element,
        h("p.hint", {}, say("People book what they can see.")),
      ),
      step(say("What is it?"), this.form.element),
    ];
  }

  close() {
    this.photos.forget();
    this.app.launch.confirmClosing(false);
  }

  restart() {
    this.forget();
    this.view.close();
    return open(this.app);
  }

  /** What was typed so far, with the place, and the id once the server knows it. */
  keep() {
    this.note(this.form.draft);
  }

  note(facts) {
    this.draft = { ...this.draft, ...facts };
    this.app.kept.set(DRAFT, this.draft);
  }

  forget() {
    this.app.kept.drop(DRAFT);
  }

  async pick() {
    const point = await this.app.map.pickPlace(this.draft.point ?? null);
    if (point) await this.place(point);
  }

  /** What follows from the place: the money of its prices, its address, and one's own neighbours. */
  async place(point, address = "") {
    const { app } = this;
    const { lat, lng } = point;
    this.note({ point: { lat, lng }, address });
    this.drawPlace();
    try {
      const [there, mine] = await Promise.all([app.api.get("geography", { lat, lng }), app.api.get("spaces/mine")]);
      if (there.address && !this.draft.address) this.named(there.address);
      this.form.inMoney(there.currency, there.usual_hour);
      this.surprising = there.surprising_hour;
      const others = mine.filter(({ exact, id }) => exact && id !== this.draft.made);
      this.askBay(others.find(({ exact }) => metresBetween(exact.place, point) < ANOTHER_BAY));
    } catch (error) {
      explain(error);
    }
    this.draw();
  }

  named(address) {
    this.note({ address });
    this.drawPlace();
  }

  drawPlace() {
    const { point, address } = this.draft;
    const said = point && `${point.lat.toFixed(5)}, ${point.lng.toFixed(5)}`;
    const pick = secondary("pin", point ? say("Move the pin") : say("Choose on the map"), () => this.pick());
    const street = field(say("Address"), text({ value: address ?? "", maxlength: "200" }), {
      hint: say("Only for whoever has booked."),
    });
    street.input.oninput = () => this.note({ address: street.value });
    const coordinates = said && !address && h("p.address", {}, icon("pin"), h("span", {}, said));
    this.where.replaceChildren(...[coordinates, pick, point && street.element].filter(Boolean));
  }

  /** A second listing at one's own place may be the bay beside it. */
  askBay(neighbour) {
    this.asked.replaceChildren();
    if (!neighbour) return;
    const take = () => {
      this.copied = asOffered(neighbour);
      const before = this.form.element;
      this.form = new SpaceForm(this.copied, { draft: filled(this.form.draft), onchange: () => this.keep() });
      before.replaceWith(this.form.element);
      this.asked.replaceChildren();
      this.keep();
    };
    const asked = say(
      "You already list {title} right here. Is this another bay of the same place? Copy takes over its rules and its price.",
      { title: isolated(neighbour.title) },
    );
    this.asked.append(banner(asked, "plain", secondary(null, say("Copy"), take)));
  }

  draw() {
    if (!this.view.isTop) return;
    this.app.launch.mainButton.show(say("Preview"), () => this.check());
  }

  /** The whole offer, or null after saying what is missing. */
  read() {
    if (!this.draft.point) {
      this.app.note(say("The place is still missing."), "error");
      this.where.querySelector("button").focus();
      return null;
    }
    if (!this.photos.count) {
      this.photos.complain(say("At least one photo is needed."));
      this.photos.input.focus();
      return null;
    }
    const said = this.form.read();
    const { point, address = "" } = this.draft;
    return said && { ...this.copied, ...said, place: point, address };
  }

  async check() {
    const offer = this.read();
    if (!offer) return this.app.launch.haptic("warning");
    this.keep();
    const { surprising } = this;
    const isMuch = surprising && offer.tariff.hour > surprising.minor;
    const price = money({ minor: offer.tariff.hour, currency: offer.tariff.currency });
    const note = isMuch ? say("{price} an hour is far more than usual. Is that right?", { price }) : "";
    return preview(this, offer, note);
  }
}

/** Without what was left empty. */
const filled = (draft) => Object.fromEntries(Object.entries(draft).filter(([, value]) => value.length));
const step = (title, ...content) => h("section.part", {}, h("h3", {}, title), content);
