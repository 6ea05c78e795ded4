/** One person's live connection to the server. It comes back by itself. */

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

export class Link {
  /** `handlers` has a function for each type of frame, and `state(online)`. */
  constructor(personId, handlers) {
    this.url = new URL(`/page/ws?person=${personId}`, location.href);
    this.url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.handlers = handlers;
    this.wait = FIRST_WAIT;
    this.open();
  }

  open() {
    this.socket = new WebSocket(this.url);
    this.socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(data)));
    this.socket.addEventListener("close", () => this.reopen());
  }

  receive(frame) {
    if (frame.type === "hello") {
      this.wait = FIRST_WAIT;
      this.handlers.state(true);
    }
    this.handlers[frame.type]?.(frame);
  }

  reopen() {
    this.handlers.state(false);
    setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  get online() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Sends a frame; says whether there was a connection to send it over. */
  send(frame) {
    if (this.online) this.socket.send(JSON.stringify(frame));
    return this.online;
  }
}

/** Uploads files as one message or one album; throws what the server said when it refuses. */
export async function upload(personId, files, caption, as) {
  const form = new FormData();
  form.set("caption", caption);
  form.set("as", as);
  for (const file of files) form.append("file", file, file.name);
  const response = await fetch(`/page/upload?person=${personId}`, { method: "POST", body: form });
  if (!response.ok) throw new Error((await response.json()).error);
}

export const fileUrl = (fileId) => `/page/file/${encodeURIComponent(fileId)}`;
