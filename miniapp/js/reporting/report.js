/** Reporting a car that should not be there: a photo, its plate, and where. */

import { h, icon } from "../dom.js";
import { whereabouts } from "../map/position.js";
import { explain } from "../notes.js";
import { secondary } from "../parts/buttons.js";
import { field, text } from "../parts/field.js";
import { banner, nothing } from "../parts/states.js";
import { Uploads } from "../parts/uploads.js";
import { inWords } from "../refusals.js";
import { clock, isolated, length, say } from "../words.js";

/** `space` is where it stands, if that is known. */
export async function open(app, { space = null } = {}) {
  if (!(await app.session.require())) return null;
  return new ReportView(app, space);
}

class ReportView {
  point = null;

  constructor(app, space) {
    Object.assign(this, { app, space });
    this.photo = new Uploads({ most: 1, label: say("Photo of the car") });
    this.plate = field(
      say("Number plate"),
      text({ maxlength: "20", autocapitalize: "characters", spellcheck: "false", placeholder: "HEL-204" }),
    );
    this.where = h("div.where");
    this.view = app.sheet.show({
      title: say("Report a car"),
      name: "report",
      stop: "full",
      body: [
        h("p.muted", {}, say("A car that should not be there? Its lister and the operator hear of it, nobody else.")),
        this.photo.element,
        this.plate.element,
        h("div.field", {}, h("p.label", {}, say("Where does it stand?")), this.where),
      ],
      onclose: () => this.photo.forget(),
    });
    this.view.onshown(() => this.draw());
    this.drawPlace();
    this.draw();
  }

  draw() {
    if (this.report) return this.app.launch.mainButton.show(say("Done"), async () => this.view.close());
    return this.app.launch.mainButton.show(say("Send the report"), () => this.send());
  }

  drawPlace() {
    const { space, point } = this;
    const named = (picture, text) => h("p.address", {}, icon(picture), h("span", { dir: "auto" }, text));
    if (space) return this.where.replaceChildren(named("home", isolated(space.title)));
    const here = secondary("here", say("Where I am"), () => this.locate());
    const pick = secondary("pin", say("Choose on the map"), () => this.pick());
    const said = point && named("pin", `${point.lat.toFixed(5)}, ${point.lng.toFixed(5)}`);
    return this.where.replaceChildren(...[said, h("div.row", {}, here, pick)].filter(Boolean));
  }

  async pick() {
    this.point = (await this.app.map.pickPlace(this.point)) ?? this.point;
    this.drawPlace();
  }

  async locate() {
    try {
      const { latitude: lat, longitude: lng } = await whereabouts(this.app.launch);
      this.point = { lat, lng };
      this.drawPlace();
    } catch (error) {
      if (!(error instanceof GeolocationPositionError)) throw error;
      this.app.note(say("Your position cannot be had. Choose the place on the map."), "error");
    }
  }

  isWhole() {
    if (!this.photo.count) {
      this.photo.complain(say("A photo of the car, please, with its plate."));
      this.photo.input.focus();
      return false;
    }
    if (!this.plate.value.trim()) {
      this.plate.complain(say("What is on its plate? For example HEL-204"));
      this.plate.input.focus();
      return false;
    }
    if (this.space || this.point) return true;
    this.app.note(say("The place is still missing."), "error");
    this.where.querySelector("button").focus();
    return false;
  }

  async send() {
    if (!this.isWhole()) return this.app.launch.haptic("warning");
    this.refusal = null;
    await this.photo.send(async (file, progress) => {
      this.answer = await this.app.api.upload("reports/plate", this.body(file), progress);
    });
    return this.answer ? this.thank(this.answer) : this.failed();
  }

  body(file) {
    const form = new FormData();
    form.append("file", file);
    form.append("plate", this.plate.value.trim());
    if (this.space) form.append("space_id", this.space.id);
    else {
      form.append("lat", this.point.lat);
      form.append("lng", this.point.lng);
    }
    return form;
  }

  failed() {
    const [error] = this.photo.errors;
    this.app.launch.haptic("error");
    if (error.facts.field !== "plate") return explain(error);
    this.photo.waitAgain();
    this.plate.complain(inWords(error));
    return this.plate.input.focus();
  }

  /** What is known of the car is told only to whom the space concerns. */
  thank({ report, answer }) {
    this.app.launch.haptic("success");
    this.report = report;
    this.view.update({
      title: say("Reported"),
      body: [
        nothing("check", say("Thank you, report {number} is open.", { number: report.id })),
        answer && banner(this.told(answer)),
      ],
    });
    this.draw();
  }

  told({ kind, until, minutes }) {
    const plate = this.report.plate;
    if (kind === "booked") {
      const zone = this.space?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
      return say("{plate} is booked in until {until}.", { plate, until: clock(new Date(until), zone) });
    }
    if (kind === "overstayed")
      return say("{plate} overstayed by {length}; the renter has been told.", {
        plate,
        length: length(minutes * 60_000),
      });
    return say("{plate} is unknown here. The operator looks at it.", { plate });
  }
}
