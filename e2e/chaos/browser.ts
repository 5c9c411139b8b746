import type { Form } from "./forms.ts";

/** What came of a request, redirects followed. */
export type Answer = {
  status: number;
  url: URL;
  body: string /** All addresses on the way, the last too. */;
  via: URL[];
};

const patience = 20_000;
const mostRedirects = 12;

/** Chaos is for a stack of our own on this machine, and for nothing else. */
export function loopbackOnly(address: string | URL): URL {
  const url = new URL(address);
  if (url.hostname !== "localhost" && url.hostname !== "127.0.0.1")
    throw new Error(`Chaos stays on this machine: ${url.hostname} is another.`);
  return url;
}

/** A browser without script: cookies by host, redirects, forms. */
export class Browser {
  readonly #jars = new Map<string, Map<string, string>>();

  setCookie(host: string, name: string, value: string): void {
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar.set(name, value));
  }

  get(address: string | URL): Promise<Answer> {
    return this.#ask(loopbackOnly(address), {});
  }

  /** Sends a form of the page at `from`, as a server action needs it. */
  sendParts(from: URL, form: Form): Promise<Answer> {
    const body = new FormData();
    for (const [name, value] of form.fields) body.append(name, value);
    return this.#send(from, form, body);
  }

  send(from: URL, form: Form): Promise<Answer> {
    return this.#send(from, form, new URLSearchParams(form.fields));
  }

  #send(from: URL, form: Form, body: FormData | URLSearchParams): Promise<Answer> {
    const url = loopbackOnly(new URL(form.action || from.href, from));
    return this.#ask(url, { method: "POST", body, headers: { origin: from.origin } });
  }

  async #ask(
    first: URL,
    init: RequestInit & { headers?: Record<string, string> },
  ): Promise<Answer> {
    let url = first;
    let request = init;
    const via: URL[] = [];
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      via.push(url);
      const response = await fetch(url, {
        ...request,
        headers: { accept: "text/html", ...request.headers, cookie: this.#cookieFor(url) },
        redirect: "manual",
        signal: AbortSignal.timeout(patience),
      });
      this.#keep(url, response);
      const location = response.headers.get("location");
      const body = await response.text();
      if (response.status < 300 || response.status > 399 || !location)
        return { status: response.status, url, body, via };
      url = loopbackOnly(new URL(location, url));
      request = {};
    }
    throw new Error(`${first.pathname} leads in a circle`);
  }

  #cookieFor({ hostname }: URL): string {
    const jar = this.#jars.get(hostname) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #keep({ hostname }: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) this.setCookie(hostname, name, value ?? "");
    }
  }
}
