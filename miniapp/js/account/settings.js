/** Name, language, mails, the address, and joining with Telegram. */

import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { quiet, secondary } from "../parts/buttons.js";
import { field, oneOf, text } from "../parts/field.js";
import { copy, outside } from "../parts/links.js";
import { banner } from "../parts/states.js";
import { inWords } from "../refusals.js";
import { say } from "../words.js";
import { languages } from "./language.js";

export async function open(app) {
  if (!(await app.session.require())) return null;
  const view = app.sheet.show({ title: say("Settings"), name: "settings", stop: "full", body: [] });
  const draw = () => show(app, view);
  view.onshown(draw);
  await draw();
  return view;
}

async function show(app, view) {
  const { user } = app.session;
  const name = field(say("Name"), text({ value: user.name, maxlength: "40", autocomplete: "name" }), {
    hint: say("Only you see it."),
  });
  const choose = user.email && mails(app, user);
  view.update({
    title: say("Settings"),
    body: [
      name.element,
      h("div.field", {}, h("p.label", { "aria-hidden": "true" }, say("Language")), await languages(app)),
      choose && h("div.field", {}, h("p.label", { "aria-hidden": "true" }, say("Mails")), choose.element),
      user.email && address(app, user),
      !user.telegram_linked && telegram(app),
    ],
  });
  const save = async () => {
    try {
      await keep(app, { name: name.value.trim() || user.name });
      app.note(say("Saved."));
      view.close();
    } catch (error) {
      if (error.facts?.field === "name") name.complain(inWords(error));
      else explain(error);
    }
  };
  if (view.isTop) app.launch.mainButton.show(say("Save"), save);
}

/** Some of the profile; the rest stays as it is. */
export async function keep(app, changes) {
  const { name, user_type: type } = app.session.user;
  await app.api.put("users/profile", { name: name || say("Guest"), user_type: type, ...changes });
  await app.session.reload();
}

function mails(app, user) {
  const options = [
    { value: true, text: say("mail me, too") },
    { value: false, text: say("no mails") },
  ];
  return oneOf(say("Mails"), options, user.mails, (wanted) => keep(app, { mails: wanted }).catch(explain));
}

function address(app, { email, email_verified: isVerified }) {
  if (isVerified) return h("p.muted", {}, say("Your address {email} is verified.", { email }));
  const code = field(say("Code from the mail"), text({ autocomplete: "one-time-code", dir: "ltr" }));
  const send = async () => {
    try {
      await app.api.post("auth/verify-email/send");
      app.note(say("A code is on its way to {email}.", { email }));
    } catch (error) {
      explain(error);
    }
  };
  const verify = async () => {
    try {
      await app.api.post("auth/verify-email", { token: code.value.trim() });
      await app.session.reload();
      app.note(say("Your address is verified."));
    } catch (error) {
      code.complain(inWords(error));
    }
  };
  return h(
    "section.part",
    {},
    h("h3", {}, say("Your address")),
    h("p", {}, say("{email} is not verified yet.", { email })),
    code.element,
    h(
      "div.row",
      {},
      secondary(null, say("Verify"), verify),
      quiet(null, say("Send the code again"), send),
    ),
  );
}

/** A code that joins this account with the person in the chat. */
function telegram(app) {
  const place = h("div");
  const begin = async () => {
    try {
      const { url, code } = await app.api.post("auth/link");
      const command = () => copy(app, `/start link_${code}`, say("Copied."));
      place.replaceChildren(
        banner(
          say("Open the bot within ten minutes, on the device with Telegram."),
          "plain",
          url && outside(app, url, [icon("message"), say("Open in Telegram")]),
          quiet("copy", say("Copy the code"), command),
        ),
      );
    } catch (error) {
      explain(error);
    }
  };
  return h(
    "section.part",
    {},
    h("h3", {}, say("Telegram")),
    h("p", {}, say("Join this account with your chat: the same bookings and spaces in both.")),
    secondary(null, say("Join with Telegram"), begin),
    place,
  );
}
