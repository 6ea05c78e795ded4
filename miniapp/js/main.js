/** Puts the app together: `app` is what every view gets. */

import { Api } from "./api.js";
import { h } from "./dom.js";
import { Kept } from "./kept.js";
import { Launch } from "./launch.js";
import { Live } from "./live.js";
import { groundLayer } from "./map/ground.js";
import { ParkMap } from "./map/map.js";
import { explain, note } from "./notes.js";
import { Session } from "./session.js";
import { Sheet } from "./sheet.js";
import { Stay } from "./stay.js";
import * as words from "./words.js";

/** Each module exports open(app, props); it is loaded when it is needed. */
const VIEWS = {
  space: () => import("./space/space.js"),
  bookings: () => import("./booking/bookings.js"),
  booking: () => import("./booking/booking.js"),
  add: () => import("./listing/add.js"),
  spaces: () => import("./listing/spaces.js"),
  edit: () => import("./listing/edit.js"),
  guests: () => import("./listing/guests.js"),
  report: () => import("./reporting/report.js"),
  menu: () => import("./account/menu.js"),
  login: () => import("./account/login.js"),
  password: () => import("./account/password.js"),
  vehicles: () => import("./account/vehicles.js"),
  settings: () => import("./account/settings.js"),
  language: () => import("./account/language.js"),
  privacy: () => import("./account/privacy.js"),
  filters: () => import("./map/filters.js"),
  times: () => import("./map/times.js"),
};

const settings = JSON.parse(document.getElementById("settings").textContent);
const launch = new Launch();
const kept = new Kept(launch.user?.id);
const session = new Session(kept, () => new Promise((done) => app.open("login", { done })));
const api = new Api(session);
const stay = new Stay();
const ground = h("main.ground");
const sheet = new Sheet(launch, [ground]);

const app = { api, session, kept, launch, words, stay, sheet, settings, note, explain };
app.live = new Live(session);

/** Opens a view by its name; resolves to what the view's own open() returns. */
app.open = async (name, props = {}) => {
  const view = await VIEWS[name]();
  return view.open(app, props);
};

/** What the link that opened the page asked for: "space_<id>", "booking_<id>" or "at_<lat>_<lng>". */
function follow(start) {
  const [, kind, id] = /^(space|booking)_([0-9a-z]{10})$/.exec(start) ?? [];
  if (kind) return app.open(kind, { id });
  const [, lat, lng] = /^at_(-?\d+(?:\.\d+)?)_(-?\d+(?:\.\d+)?)$/.exec(start) ?? [];
  if (lat) app.map.goTo({ lat: Number(lat), lng: Number(lng) }, { pin: true, zoom: 16 });
  return null;
}

/** The stay that the link names, as the chat's cards do: `from` and `to` in seconds since 1970. */
function stayFor(query) {
  const [start, end] = ["from", "to"].map((name) => new Date(Number(query.get(name)) * 1000));
  if (start > 0 && end > start) stay.set({ start, end });
}

function language() {
  const chosen = kept.get(words.CHOSEN);
  const asked = chosen || session.user?.language || launch.user?.language_code || navigator.language;
  const code = asked.slice(0, 2).toLowerCase();
  return settings.languages.includes(code) ? code : "en";
}

async function begin() {
  const layer = groundLayer(settings, launch);
  const guess = language();
  const speaking = words.speak(guess, api).catch(explain);
  await Promise.all([session.begin(api, launch.initData).catch(explain), speaking]);
  if (language() !== guess) await words.speak(language(), api).catch(explain);
  stayFor(new URLSearchParams(location.search));
  document.body.append(ground, sheet.element);
  app.map = new ParkMap(app, ground, layer);
  session.addEventListener("change", () => app.map.reload());
  document.documentElement.dataset.ready = "";
  await follow(launch.start);
}

window.addEventListener("unhandledrejection", (event) => {
  if (event.reason?.status === undefined) return;
  event.preventDefault();
  explain(event.reason);
});

begin();
