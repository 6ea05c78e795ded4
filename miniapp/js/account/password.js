/** A forgotten password: a code goes out by mail, and a new password comes back with it. */

import { h } from "../dom.js";
import { explain } from "../notes.js";
import { complainAt, field, text } from "../parts/field.js";
import { inWords } from "../refusals.js";
import { say } from "../words.js";
import { email, password, wrongAddress, wrongPassword } from "./login.js";

export async function open(app, { email: known = "" } = {}) {
  const address = email(known);
  const how = say("We send a code to your address, with which you choose a new password.");
  const body = [h("p", {}, how), address.element];
  const view = app.sheet.show({ title: say("Forgotten password"), name: "password", body });
  const ask = async () => {
    const typed = address.value.trim();
    if (complainAt({ address }, { address: wrongAddress(typed) })) return;
    try {
      await app.api.post("auth/password/forgot", { email: typed }, { open: true });
      choose(app, view, typed);
    } catch (error) {
      explain(error);
    }
  };
  app.launch.mainButton.show(say("Send the code"), ask);
  return view;
}

/** Nobody is told whether the address is known: the mail says it. */
function choose(app, view, address) {
  const code = field(say("Code"), text({ autocomplete: "one-time-code", dir: "ltr", data: { focus: "" } }));
  const secret = password("new-password");
  view.update({
    body: [
      h("p", { role: "status" }, say("If {address} is known here, a code is on its way to it.", { address })),
      code.element,
      secret.element,
    ],
  });
  view.focus();
  app.launch.mainButton.show(say("Keep the new password"), async () => {
    if (complainAt({ secret }, { secret: wrongPassword(secret.value) })) return;
    try {
      await app.api.post("auth/password/reset", { token: code.value.trim(), password: secret.value }, { open: true });
      await app.session.signIn(address, secret.value);
      app.note(say("Your password is changed."));
      app.sheet.clear();
    } catch (error) {
      refuse(error, code, secret);
    }
  });
}

function refuse(error, code, secret) {
  const { facts = {} } = error;
  if (facts.field === "password") secret.complain(inWords(error));
  else if (facts.field === "token" || error.status === 422)
    code.complain(say("That code is not good any more. Ask for a new one."));
  else explain(error);
}
