/**
 * Live updates, for whoever is signed in (docs/live.md). Events: "spaces" and "bookings" with what
 * changed as `detail`, and "reload" when too much was missed.
 */

import { liveAddress } from "./api.js";

const RENEW = 10 * 60_000;
const WATCH_PAUSE = 1_500;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const FINAL = new Set([4400, 4401]);

export class Live extends EventTarget {
  #socket = null;
  #seq = null;
  #areas = [];
  #pause = FIRST_PAUSE;
  #renewing = null;
  #saying = null;

  constructor(session) {
    super();
    this.session = session;
    session.addEventListener("change", () => (session.user ? this.#open() : this.#end()));
  }

  /** Be told of spaces within { west, south, east, north }, in place of what was watched before. */
  watch(area) {
    this.#areas = [area];
    // A map is moved more often than the server listens.
    this.#saying ??= setTimeout(() => {
      this.#saying = null;
      if (this.#socket?.ready) this.#watch();
    }, WATCH_PAUSE);
  }

  async #open() {
    if (this.#socket) return;
    const socket = (this.#socket = new WebSocket(liveAddress()));
    socket.onopen = () => this.#show(socket);
    socket.onmessage = ({ data }) => this.#hear(socket, JSON.parse(data));
    socket.onclose = ({ code }) => this.#closed(socket, code);
    clearInterval(this.#renewing);
    this.#renewing = setInterval(() => socket.ready && this.#show(socket), RENEW);
  }

  async #show(socket) {
    const token = await this.session.current();
    if (token && socket.readyState === WebSocket.OPEN) this.#send({ type: "token", token });
  }

  #hear(socket, message) {
    if (message.type === "ready") {
      socket.ready = true;
      this.#pause = FIRST_PAUSE;
      this.#watch();
      return;
    }
    this.#seq = message.seq;
    if (message.reload) this.#tell("reload");
    if (message.spaces?.length) this.#tell("spaces", message.spaces);
    if (message.bookings?.length) this.#tell("bookings", message.bookings);
  }

  #watch() {
    const after = this.#seq === null ? {} : { after: this.#seq };
    this.#send({ type: "watch", areas: this.#areas, bookings: true, ...after });
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    clearInterval(this.#renewing);
    if (FINAL.has(code) || !this.session.user) return;
    setTimeout(() => this.session.user && this.#open(), this.#pause * (0.5 + Math.random()));
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }

  #end() {
    const socket = this.#socket;
    this.#socket = null;
    this.#seq = null;
    socket?.close();
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
