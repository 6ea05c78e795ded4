/** What is kept and for how long, and one's rights to it: to have it, and to have it gone. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { action, dangerousAction } from "../parts/buttons.js";
import { save } from "../parts/links.js";
import { banner } from "../parts/states.js";
import { count, money, say } from "../words.js";

export async function open(app) {
  const { user } = app.session;
  const rights = user && [
    action("copy", say("Get everything that is kept of you"), () => take(app)),
    dangerousAction("trash", say("Delete everything"), () => leave(app)),
  ];
  return app.sheet.show({
    title: say("Privacy"),
    name: "privacy",
    stop: "full",
    body: [
      h(
        "p",
        {},
        say(
          "Kept until you delete them: the name you choose, your e-mail address or Telegram id, vehicles, spaces, photos, bookings, reviews, what is owed for stays, and the places and filters you save.",
        ),
      ),
      h(
        "p",
        {},
        say(
          "Messages to the other side of a booking go 37 days after the stay; reported cars and their photos after 30 days.",
        ),
      ),
      h(
        "p",
        {},
        say(
          "Everybody sees a space only at a point 30 to 80 m from the true one. The exact place, access notes and entrance photos go to the renter who booked. Names and numbers are never exchanged. Photos lose their camera data.",
        ),
      ),
      h("p", {}, say("This page keeps no cookies, and asks nobody else about you but the map's own pictures.")),
      rights && h("div.actions", {}, rights),
    ],
  });
}

async function take(app) {
  try {
    save(await app.api.file("users/me/data"), "parkplace.json");
  } catch (error) {
    explain(error);
  }
}

/** What will end, and what that costs, before the tap that does it. */
async function leave(app) {
  try {
    confirm(app, await app.api.get("users/me/leaving"));
  } catch (error) {
    explain(error);
  }
}

function confirm(app, leaving) {
  const { bookings, bookings_of_spaces: let_, agreed } = leaving;
  const owed = bookings.filter((booking) => booking.owed.minor).map((booking) => money(booking.owed));
  const view = app.sheet.show({
    title: say("Delete everything?"),
    name: "sure",
    body: [
      h(
        "p",
        {},
        say(
          "Your name, vehicles, spaces, photos, messages and reviews' words are erased at once, and cannot be brought back. Bookings of others stay, without you in them.",
        ),
      ),
      bookings.length > 0 &&
        banner(
          count("{n} booking of yours is cancelled.", "{n} bookings of yours are cancelled.", bookings.length),
          "warning",
        ),
      owed.length > 0 && h("p", {}, say("You will still owe {owed}, pay on site.", { owed: owed.join(", ") })),
      let_ > 0 &&
        banner(
          count(
            "{n} booking at your spaces is cancelled; its renter owes nothing, and is told.",
            "{n} bookings at your spaces are cancelled; their renters owe nothing, and are told.",
            let_,
          ),
          "warning",
        ),
    ],
  });
  const erase = async () => {
    try {
      await app.api.delete("users/me", { params: { agreed } });
      await app.session.signOut();
      app.sheet.clear();
      app.note(say("You are erased."));
    } catch (error) {
      view.close();
      explain(error);
    }
  };
  app.launch.mainButton.show(say("Delete everything"), erase);
}
