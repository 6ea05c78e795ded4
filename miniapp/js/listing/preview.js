/** The space as others will see it, and the tap that publishes it. */

import { h, icon } from "../dom.js";
import { explain } from "../notes.js";
import { secondary } from "../parts/buttons.js";
import { gallery } from "../parts/gallery.js";
import { share } from "../parts/links.js";
import { banner } from "../parts/states.js";
import { features, hours, rating, tariff } from "../parts/terms.js";
import { isolated, say, sentence } from "../words.js";

const NEW = { average: null, count: 0 };

export function preview(adding, offer, note = "") {
  const { app } = adding;
  const view = app.sheet.show({
    title: isolated(offer.title),
    name: "preview",
    stop: "full",
    body: [note && banner(note, "warning"), card(offer, adding.photos)],
  });
  const publishing = () => publish(adding, offer, view);
  const draw = () => app.launch.mainButton.show(say("Publish"), publishing);
  view.onshown(draw);
  draw();
  return view;
}

function card(offer, photos) {
  const { currency, ...caps } = offer.tariff;
  const inMoney = Object.entries(caps).map(([name, minor]) => [name, minor && { minor, currency }]);
  const where = offer.shows_place
    ? say("Shown at its exact place.")
    : say("Shown 30 to 80 m from its true place; the exact one comes with the booking.");
  return [
    gallery(photos.addresses, say("Photos of {title}", { title: isolated(offer.title) })),
    h("p.facts-line", {}, rating(NEW), h("strong", {}, tariff(Object.fromEntries(inMoney)))),
    features({ tags: offer.tags, limits: offer.limits ?? {}, country: "" }),
    offer.description && h("p.user-text", { dir: "auto" }, offer.description),
    h(
      "ul.lines",
      {},
      h("li", {}, icon("clock"), h("span", {}, say("Open {hours}", { hours: hours(offer.openings) }))),
      h("li", {}, icon("pin"), h("span", {}, where)),
      h("li", {}, icon("check"), h("span", {}, sentence(ofBooking(offer)))),
    ),
  ];
}

function ofBooking({ approval }) {
  return {
    instant: say("Anyone can book it at once."),
    request: say("You say yes or no to each booking."),
    first_five: say("You say yes or no to the first five bookings."),
  }[approval];
}

/** The space first, then its photos: the first that arrives makes it live. */
async function publish(adding, offer, view) {
  const { app, photos } = adding;
  try {
    const space = await made(adding, offer);
    const failed = await photos.send((file, progress) => upload(app, space.id, file, progress));
    view.close();
    if (failed === photos.count) return app.note(say("No photo went through. Try again."), "error");
    return live(adding, space, failed);
  } catch (error) {
    app.launch.haptic("error");
    view.close();
    return adding.form.refuse(error) || explain(error);
  }
}

/** Once made, another try changes it instead of making a second one. */
async function made(adding, offer) {
  const { app, draft } = adding;
  if (draft.made) {
    const again = { ...offer, state: "paused" };
    return app.api.put(`spaces/${draft.made}`, again, { headers: { "If-Match": "*" } });
  }
  const space = await app.api.post("spaces", offer);
  adding.note({ made: space.id });
  return space;
}

export function upload(app, space, file, progress, shows = "space") {
  const form = new FormData();
  form.append("file", file);
  form.append("shows", shows);
  return app.api.upload(`spaces/${space}/upload-image`, form, progress);
}

function live(adding, space, failed) {
  const { app, photos } = adding;
  adding.forget();
  app.launch.haptic("success");
  app.map?.reload?.();
  const edit = secondary("edit", say("Edit"), () => app.open("edit", { id: space.id }));
  const pass = secondary("share", say("Share"), () => share(app, space));
  const said = say("{title} is live. Anyone nearby can book it now.", { title: isolated(space.title) });
  app.launch.mainButton.hide();
  adding.view.update({
    title: say("It is live"),
    body: [
      banner(said, "good", pass, edit),
      failed > 0 && h("section.part", {}, h("h3", {}, say("These photos did not go through")), photos.element),
    ],
  });
  adding.draw = () => app.launch.mainButton.show(say("Done"), async () => app.sheet.clear());
  adding.draw();
}
