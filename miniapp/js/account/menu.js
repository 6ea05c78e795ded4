/** What a person has here: bookings, spaces, vehicles, settings. */

import { h, icon } from "../dom.js";
import { isolated, say } from "../words.js";

export async function open(app) {
  const view = app.sheet.show({ title: say("Menu"), name: "menu", stop: "full", body: [] });
  const draw = () => view.update({ title: greeting(app), body: content(app) });
  const end = new AbortController();
  view.onclose = () => end.abort();
  app.session.addEventListener("change", draw, { signal: end.signal });
  draw();
  return view;
}

function greeting({ session: { user } }) {
  return user?.name ? isolated(user.name) : say("Menu");
}

function content(app) {
  const { user } = app.session;
  const go = (name) => () => app.open(name);
  return [
    !user && signIn(app),
    h(
      "nav.menu",
      { "aria-label": say("Menu") },
      entry("calendar", say("My bookings"), go("bookings")),
      entry("home", say("My spaces"), go("spaces")),
      entry("plus", say("Add a space"), go("add")),
      entry("car", say("Vehicles"), go("vehicles")),
      entry("flag", say("Report a car"), go("report")),
    ),
    h(
      "nav.menu",
      { "aria-label": say("Settings") },
      user && entry("settings", say("Settings"), go("settings")),
      entry("globe", say("Language"), go("language")),
      entry("lock", say("Privacy"), go("privacy")),
      user && !app.launch.isTelegram && entry("out", say("Log out"), () => signOut(app)),
    ),
  ];
}

function signIn(app) {
  return h(
    "section.sign-in",
    {},
    h("p", {}, say("Sign in to book, to list a space, and to find it all again.")),
    h("button.primary", { type: "button", onclick: () => app.session.require() }, say("Sign in")),
  );
}

const entry = (picture, text, onclick) =>
  h("button.menu-entry", { type: "button", onclick }, icon(picture), h("span", {}, text), icon("next"));

async function signOut(app) {
  await app.session.signOut();
  app.sheet.clear();
  app.note(say("You are signed out."));
}
