/** Signing in on the plain web page: with an address and a password, or from inside Telegram. */

import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { complainAt, field, oneOf, text } from "../parts/field.js";
import { linkTo, outside } from "../parts/links.js";
import { Problem } from "../api.js";
import { inWords } from "../refusals.js";
import { language, say } from "../words.js";

const SHORTEST = 10;

/** `done` is called when the view closes, however that was. */
export async function open(app, { done = () => {} } = {}) {
  return new LoginView(app, done);
}

class LoginView {
  constructor(app, done) {
    this.app = app;
    this.place = h("div");
    this.kind = oneOf(
      say("Account"),
      [
        { value: "in", text: say("Sign in") },
        { value: "new", text: say("New here") },
      ],
      "in",
      (kind) => this.draw(kind),
    );
    this.view = app.sheet.show({
      title: say("Welcome"),
      name: "login",
      stop: "full",
      body: [this.telegram(), this.kind.element, this.place],
      onclose: done,
    });
    this.view.onshown(() => this.button());
    this.draw("in");
  }

  telegram() {
    const { app } = this;
    if (!app.settings.bot) return null;
    return h(
      "div.telegram",
      {},
      outside(app, linkTo(app, "menu"), [icon("message"), say("Open in Telegram")]),
      h("span.muted.small", {}, say("There you are signed in already.")),
    );
  }

  draw(kind) {
    const { fields, foot, label, act } = { in: () => this.known(), new: () => this.fresh() }[kind]();
    Object.assign(this, { fields, label, act });
    // A real form, so that the browser offers to keep the password, and Enter sends it.
    const form = h(
      "form.form",
      { novalidate: true, onsubmit: (event) => (event.preventDefault(), this.app.launch.mainButton.press()) },
      Object.values(fields).map(({ element }) => element),
      h("button.visually-hidden", { type: "submit", tabindex: "-1", "aria-hidden": "true" }, label),
      foot,
    );
    this.place.replaceChildren(form);
    this.button();
  }

  button() {
    if (this.view.isTop) this.app.launch.mainButton.show(this.label, () => this.send());
  }

  known() {
    const forgot = h(
      "button.quiet",
      { type: "button", onclick: () => this.app.open("password", { email: this.fields.email.value }) },
      say("Forgotten your password?"),
    );
    return {
      label: say("Sign in"),
      fields: { email: email(), password: password("current-password") },
      foot: forgot,
      act: ({ email: address, password: secret }) => this.app.session.signIn(address, secret),
    };
  }

  fresh() {
    const name = field(say("Name"), text({ autocomplete: "name", maxlength: "40" }), {
      hint: say("Only you see it."),
    });
    return {
      label: say("Make an account"),
      fields: { name, email: email(), password: password("new-password") },
      foot: null,
      act: (facts) => this.register(facts),
    };
  }

  /** Whoever reads this in a language gets notices in it, too. */
  async register(facts) {
    await this.app.session.register({ ...facts, user_type: "both", language: language() });
  }

  async send() {
    const { fields, app } = this;
    const typed = ([name, { value }]) => [name, name === "password" ? value : value.trim()];
    const values = Object.fromEntries(Object.entries(fields).map(typed));
    const wrong = { name: values.name === "" && say("What shall we call you?"), email: wrongAddress(values.email) };
    if (fields.name) wrong.password = wrongPassword(values.password);
    if (complainAt(fields, wrong)) return;
    try {
      await this.act(values);
      app.launch.haptic("success");
      this.view.close();
    } catch (error) {
      this.refuse(error);
    }
  }

  refuse(error) {
    if (!(error instanceof Problem)) throw error;
    const { fields } = this;
    if (error.status === 401) fields.password.complain(say("This address and password do not go together."));
    else if (error.code === "email-taken") fields.email.complain(inWords(error));
    else if (error.facts.field && fields[error.facts.field]) fields[error.facts.field].complain(inWords(error));
    else explain(error);
  }
}

export const email = (value = "") =>
  field(say("E-mail"), text({ type: "email", autocomplete: "email", value, dir: "ltr", data: { focus: "" } }));

export const password = (autocomplete) =>
  field(say("Password"), text({ type: "password", autocomplete, dir: "ltr" }), {
    hint: autocomplete === "new-password" ? say("At least {n} characters.", { n: SHORTEST }) : "",
  });

export const wrongAddress = (address) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) ? "" : say("An address like ada@example.org, please.");

export const wrongPassword = (secret) =>
  secret.length < SHORTEST ? say("At least {n} characters.", { n: SHORTEST }) : "";
