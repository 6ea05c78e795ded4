/** Who is signed in. Events: "change". */

import { Problem } from "./api.js";

const REFRESH = "refresh";
const EARLY = 60_000;

export class Session extends EventTarget {
  /** What `GET auth/me` says of whoever is signed in; null for a visitor. */
  user = null;
  #access = null;
  #until = 0;
  #renewal = null;

  /** `kept` outlives a reload; `login` opens the login view and resolves when it closes. */
  constructor(kept, login) {
    super();
    Object.assign(this, { kept, login });
  }

  /** In Telegram by its signed launch data, elsewhere by what a reload left. */
  async begin(api, initData) {
    this.api = api;
    if (this.kept.get(REFRESH)) await this.#renewed();
    if (!this.#access && initData) {
      await this.#signedIn("auth/telegram", { init_data: initData }).catch(ignoreRefusal);
    }
    if (this.#access) await this.reload();
  }

  /** Raises Problem 401 for a wrong address or password. */
  async signIn(email, password) {
    await this.#signedIn("auth/login", { email, password });
    await this.reload();
  }

  /** Makes an account and signs in. */
  async register(facts) {
    await this.#signedIn("auth/register", facts);
    await this.reload();
  }

  async signOut() {
    await this.api.post("auth/logout").catch(ignoreRefusal);
    this.#forget();
  }

  /** Reads the user again, after a setting changed. */
  async reload() {
    this.user = await this.api.get("auth/me");
    this.#tell();
  }

  /** Resolves to the user, after a login where it is needed, or to null if that was given up. */
  async require() {
    if (!this.user) await this.login();
    return this.user;
  }

  /** An access token that holds for a minute at least, or null. */
  async current() {
    if (this.#access && Date.now() > this.#until - EARLY) await this.#renewed();
    return this.#access;
  }

  /** The server does not take our token: a newer one, or null and nobody is signed in any more. */
  async refused() {
    await this.#renewed();
    return this.#access;
  }

  /** One at a time: a refresh token that is shown twice ends the session. */
  #renewed() {
    const token = this.kept.get(REFRESH);
    this.#renewal ??= this.#signedIn("auth/refresh", { refresh_token: token })
      .catch((error) => {
        if (error.status !== 401 && error.status !== 422) throw error;
        this.#forget();
      })
      .finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #signedIn(path, body) {
    const tokens = await this.api.post(path, body, { open: true });
    this.#access = tokens.access_token;
    this.#until = Date.now() + tokens.expires_in * 1000;
    this.kept.set(REFRESH, tokens.refresh_token);
  }

  #forget() {
    this.#access = null;
    this.kept.drop(REFRESH);
    if (this.user) {
      this.user = null;
      this.#tell();
    }
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

/** An old launch or a session that ended meanwhile: a visitor may go on all the same. */
function ignoreRefusal(error) {
  if (!(error instanceof Problem)) throw error;
}
