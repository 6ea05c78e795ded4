/** Requests to /api/v1. Answers are JSON; whatever is refused is thrown as a Problem. */

const ROOT = new URL("../../../api/v1/", import.meta.url);

export class Problem extends Error {
  /** `facts` is the whole problem document; `code` the last part of its type, such as "window-taken". */
  constructor(status, facts) {
    super(facts.title);
    this.status = status;
    this.title = facts.title;
    this.detail = (facts.errors ?? []).map(({ why }) => why).join("; ");
    this.code = facts.type?.split(":").at(-1) ?? "";
    this.facts = facts;
  }
}

/** Nobody answered: no network, or no server. */
export class Offline extends Problem {
  constructor() {
    super(0, { title: "Offline", type: "offline" });
  }
}

/** Where live updates are, with the right protocol. */
export function liveAddress() {
  const address = new URL("live", ROOT);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}

export class Api {
  /** `tokens.current()` resolves to an access token or null; `tokens.refused()` to a newer one or null. */
  constructor(tokens) {
    this.tokens = tokens;
  }

  /** `params` become the query; lists are repeated, and what is null is left out. */
  get(path, params = {}, options = {}) {
    return this.send("GET", path, { params, ...options });
  }

  post(path, body, options = {}) {
    return this.send("POST", path, { body, ...options });
  }

  put(path, body, options = {}) {
    return this.send("PUT", path, { body, ...options });
  }

  delete(path, options = {}) {
    return this.send("DELETE", path, options);
  }

  /** A file that is for whoever is signed in, as a Blob. */
  file(path) {
    return this.send("GET", path, { read: file });
  }

  /** Sends a FormData and tells `progress` how much of it, from 0 to 1, has gone out. */
  async upload(path, form, progress = () => {}) {
    const token = await this.tokens.current();
    const request = new XMLHttpRequest();
    request.open("POST", new URL(path, ROOT));
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    return new Promise((resolve, reject) => {
      request.onerror = () => reject(new Offline());
      request.onload = () => settle(request, resolve, reject);
      request.send(form);
    });
  }

  /** `headers` are added; `signal` aborts; `open` sends no token; `read` is what answers become. */
  async send(method, path, { params = {}, body, headers = {}, signal, open = false, read = answer } = {}) {
    const ask = (token) =>
      fetch(address(path, params), {
        method,
        signal,
        headers: {
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...(token && { Authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      }).catch(unreachable);
    const token = open ? null : await this.tokens.current();
    let response = await ask(token);
    if (response.status === 401 && token) {
      const newer = await this.tokens.refused();
      if (newer) response = await ask(newer);
    }
    return read(response);
  }
}

function address(path, params) {
  const url = new URL(path, ROOT);
  for (const [name, value] of Object.entries(params)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined) url.searchParams.append(name, written(one));
    }
  }
  return url;
}

const written = (value) => (value instanceof Date ? value.toISOString() : value);

function unreachable(error) {
  throw error.name === "AbortError" ? error : new Offline();
}

async function answer(response) {
  const text = await response.text();
  if (!response.ok) throw problem(response.status, text);
  return text ? JSON.parse(text) : null;
}

async function file(response) {
  return response.ok ? response.blob() : answer(response);
}

function settle({ status, responseText }, resolve, reject) {
  if (status < 300) resolve(responseText ? JSON.parse(responseText) : null);
  else reject(problem(status, responseText));
}

/** A proxy before the server may answer with a page instead of a problem document. */
function problem(status, text) {
  const facts = text.startsWith("{") ? JSON.parse(text) : { title: `HTTP ${status}` };
  return new Problem(status, facts);
}
