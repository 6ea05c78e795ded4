/** What one lists: paused and resumed with a tap, and the way to everything else. */

import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { share } from "../parts/links.js";
import { fill, nothing } from "../parts/states.js";
import { rating } from "../parts/terms.js";
import { isolated, money, say } from "../words.js";
import { withAhead } from "./ahead.js";
import { asOffered } from "./offer.js";

export async function open(app) {
  if (!(await app.session.require())) return null;
  const end = new AbortController();
  const place = h("div.cards");
  const load = () => fill(place, () => content(app, load), ["card", "card"]);
  const view = app.sheet.show({
    title: say("My spaces"),
    name: "spaces",
    stop: "full",
    body: place,
    onclose: () => end.abort(),
  });
  const draw = () => app.launch.mainButton.show(say("Add a space"), () => app.open("add"));
  view.onshown(() => {
    draw();
    load();
  });
  app.live.addEventListener("bookings", load, { signal: end.signal });
  draw();
  await load();
  return view;
}

async function content(app, reload) {
  const spaces = await app.api.get("spaces/mine");
  if (!spaces.length)
    return nothing("home", say("You list nothing yet. A driveway or a bay that stands empty earns while you are away."));
  return spaces.map((space) => spaceCard(app, space, reload));
}

function spaceCard(app, space, reload) {
  const isMine = space.lister_id === app.session.user.id;
  return h(
    "article.space-card",
    { "aria-label": space.title },
    h(
      "button.card",
      { type: "button", onclick: () => app.open("space", { id: space.id }) },
      space.photos.length
        ? h("img.thumb", { src: space.photos[0].url, alt: "", loading: "lazy" })
        : h("span.thumb", {}, icon("camera")),
      h(
        "span.card-text",
        {},
        h("strong.card-title", { dir: "auto" }, isolated(space.title)),
        h("span", {}, say("{price} an hour", { price: money(space.tariff.hour) })),
        h("span.card-foot", {}, state(space), rating(space.rating)),
      ),
    ),
    h(
      "div.tools",
      {},
      isMine && pausing(app, space, reload),
      isMine && tool("edit", say("Edit"), () => app.open("edit", { id: space.id })),
      tool("calendar", say("Bookings"), () => app.open("guests", { space })),
      tool("share", say("Share"), () => share(app, space).catch(explain)),
    ),
  );
}

function state({ state: now, photos, is_available: free }) {
  if (now === "live") return free ? badge("good", say("free now")) : badge("soon", say("taken or closed now"));
  if (now === "paused") return badge("off", photos.length ? say("paused") : say("a photo is missing"));
  return badge("off", say("hidden by the operator"));
}

const badge = (kind, text) => h(`span.badge.badge-${kind}`, {}, text);
const tool = (picture, text, onclick) => h("button.quiet", { type: "button", onclick }, icon(picture), text);

const PAUSE = () => say("Pause it? Nobody new can book until you resume it.");

function pausing(app, space, reload) {
  if (!["live", "paused"].includes(space.state) || !space.photos.length) return null;
  const isLive = space.state === "live";
  const turn = async () => {
    try {
      await change(app, space.id, { state: isLive ? "paused" : "live" });
      app.launch.haptic("success");
    } catch (error) {
      explain(error);
    }
    await reload();
  };
  const pause = () => withAhead(app, space, { text: PAUSE(), yes: say("Pause") }, turn).catch(explain);
  return isLive ? tool("pause", say("Pause"), pause) : tool("play", say("Resume"), turn);
}

/** Changes some of what is said of a space, and leaves the rest as it is by now. */
export async function change(app, id, changes) {
  const space = await app.api.get(`spaces/${id}`);
  const state = space.state === "live" ? "live" : "paused";
  const headers = { "If-Match": "*" };
  return app.api.put(`spaces/${id}`, { ...asOffered(space), state, ...changes }, { headers });
}
