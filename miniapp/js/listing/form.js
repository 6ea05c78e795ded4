/** What a lister says of a space: for a new one, and to change one. */

import { h } from "../dom.js";
import { choices, complainAt, field, oneOf, text } from "../parts/field.js";
import { NoPrice, plain, readPrice } from "../parts/prices.js";
import { TAGS, tagIcon, tagName } from "../parts/terms.js";
import { inWords, ofValue } from "../refusals.js";
import { money, say } from "../words.js";
import { schedule } from "./schedule.js";

const LENGTHS = { title: [3, 60], description: [0, 600], notes: [0, 500] };
const NAMES = { hour: "price", openings: "schedule" };

/** `offer` is what is known already, in the shape that the server takes; `draft` what was typed. */
export class SpaceForm {
  constructor(offer = {}, { draft = {}, onchange = () => {} } = {}) {
    const { tariff } = offer;
    const typed = (name, known) => draft[name] ?? known ?? "";
    this.offer = offer;
    this.currency = tariff?.currency ?? null;
    this.fields = {
      title: field(say("Title"), text({ value: typed("title", offer.title), maxlength: "60" }), {
        hint: say("What people will recognise on the spot."),
      }),
      price: field(
        say("Price of an hour"),
        text({ value: typed("price", tariff && plain(moneyOf(tariff, "hour"))), inputmode: "decimal", dir: "ltr" }),
      ),
      day: field(
        say("At most for a day"),
        text({ value: typed("day", tariff?.day && plain(moneyOf(tariff, "day"))), inputmode: "decimal", dir: "ltr" }),
        { hint: say("May stay empty.") },
      ),
      description: field(
        say("Description"),
        text({ value: typed("description", offer.description), maxlength: "600" }, 3),
      ),
      notes: field(say("Access notes"), text({ value: typed("notes", offer.notes), maxlength: "500" }, 2), {
        hint: say("Gate code, floor, which bay: only for whoever has booked."),
      }),
      schedule: schedule(draft.openings ?? offer.openings ?? []),
    };
    this.tags = choices(say("What it offers"), tagOptions(), draft.tags ?? offer.tags ?? []);
    this.approval = oneOf(say("Booking"), approvals(), offer.approval ?? "instant");
    this.policy = oneOf(say("Cancellation"), policies(), offer.policy ?? "moderate");
    this.plate = oneOf(say("Number plate"), yesNo(say("needed"), say("not needed")), offer.plate_needed ?? false);
    this.exact = oneOf(
      say("Place on the map"),
      yesNo(say("exact"), say("30 to 80 m off")),
      offer.shows_place ?? false,
    );
    this.element = this.#layout();
    for (const kind of ["input", "change", "click"]) this.element.addEventListener(kind, onchange);
    if (this.currency) this.inMoney(this.currency);
  }

  /** Prices are in this from now on. */
  inMoney(currency, usual = null) {
    this.currency = currency;
    const example = usual ? plain(usual) : "2.50";
    this.fields.price.hint(say("In {currency}, for example {example}", { currency, example }));
  }

  /** As typed, to be found again. */
  get draft() {
    const typed = ["title", "price", "day", "description", "notes"].map((name) => [name, this.fields[name].value]);
    return { ...Object.fromEntries(typed), tags: this.tags.value, openings: this.fields.schedule.value };
  }

  /** What the server is sent beside place and address; null when something is missing, and it says what. */
  read() {
    const { fields } = this;
    const hour = this.#price("price");
    const day = fields.day.value.trim() ? this.#price("day") : {};
    const wrong = {
      title: lengthWrong("title", fields.title.value),
      price: hour.wrong,
      day: day.wrong,
      schedule: fields.schedule.isMissing ? say("Choose the days, and from when to when.") : "",
    };
    if (complainAt(fields, wrong)) return null;
    const { week = null, month = null } = this.offer.tariff ?? {};
    return {
      title: fields.title.value.trim(),
      description: fields.description.value.trim(),
      notes: fields.notes.value.trim(),
      tariff: { currency: this.currency, hour: hour.minor, day: day.minor ?? null, week, month },
      openings: fields.schedule.value,
      tags: this.tags.value,
      approval: this.approval.value,
      policy: this.policy.value,
      plate_needed: this.plate.value,
      shows_place: this.exact.value,
    };
  }

  /** Says a refusal at the field that it is about; whether there is one. */
  refuse(error) {
    const { facts } = error;
    const named = facts?.field ?? facts?.errors?.[0]?.where.split("/").find((part) => NAMES[part] ?? this.fields[part]);
    const name = NAMES[named] ?? named;
    return complainAt(this.fields, { [name]: inWords(error) });
  }

  #price(name) {
    try {
      const minor = readPrice(this.fields[name].value, this.currency);
      return minor > 0 ? { minor } : { wrong: say("It has to cost something. For example: 2.50") };
    } catch (error) {
      if (!(error instanceof NoPrice)) throw error;
      const facts = { field: "price", reason: error.reason, limit: error.limit };
      return { wrong: ofValue(facts) ?? say("A number, please. For example: 2.50") };
    }
  }

  #layout() {
    const { fields } = this;
    return h(
      "div.form",
      {},
      fields.title.element,
      h("div.pair", {}, fields.price.element, fields.day.element),
      fields.description.element,
      labelled(say("What it offers"), this.tags.element),
      fields.schedule.element,
      h(
        "details",
        {},
        h("summary", {}, say("More choices")),
        fields.notes.element,
        labelled(say("Booking"), this.approval.element),
        labelled(say("Cancellation"), this.policy.element),
        labelled(say("Number plate"), this.plate.element),
        labelled(say("Place on the map"), this.exact.element),
      ),
    );
  }
}

const labelled = (label, element) => h("div.field", {}, h("p.label", { "aria-hidden": "true" }, label), element);
const moneyOf = ({ currency, ...caps }, name) => ({ minor: caps[name], currency });
const tagOptions = () => TAGS.map((tag) => ({ value: tag, text: tagName(tag), picture: tagIcon(tag) }));
const yesNo = (yes, no) => [
  { value: false, text: no },
  { value: true, text: yes },
];

const approvals = () => [
  { value: "instant", text: say("instant") },
  { value: "request", text: say("by request") },
  { value: "first_five", text: say("first five by request") },
];

const policies = () => [
  { value: "flexible", text: say("flexible") },
  { value: "moderate", text: say("moderate") },
  { value: "strict", text: say("strict") },
];

function lengthWrong(name, typed) {
  const [least, most] = LENGTHS[name];
  const { length } = [...typed.trim()];
  if (length < least) return say("{least} to {most} characters, please.", { least, most });
  return length > most ? say("{n} characters at most. Please shorten it.", { n: most }) : "";
}

/** The hour's price as everybody will see it. */
export const hourOf = ({ tariff: { hour, currency } }) => money({ minor: hour, currency });
