import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { alongside } from "../express.ts";
import { startIssuer } from "./issuer.ts";

/** A small product under test, its issuer, and a browser of sorts that keeps cookies. */
export async function startShop() {
  // Stands still, so that a busy machine does not age what a test looks at.
  let time = Date.now();
  const app = express();
  const server: Server = await new Promise((done) => {
    const listening = app.listen(0, "127.0.0.1", () => done(listening));
  });
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = await startIssuer(publicUrl);
  const ran: string[] = [];

  const door = alongside({
    issuer: issuer.origin,
    clientId: issuer.clientId,
    clientSecret: issuer.clientSecret,
    publicUrl,
    product: "Shop",
    now: () => time,
    routes: [
      { method: "GET", path: "/things/:id", effect: "view", kinds: ["thing"] },
      {
        method: "POST",
        path: "/things/:id",
        effect: "data",
        name: "Change thing",
        resource: ({ id }) => id,
      },
      { method: "POST", path: "/search", effect: "view" },
      { method: "GET", path: "/things.csv", effect: "export", name: "Download things" },
    ],
    denied: [{ path: "/settings/password", name: "change a password" }],
    words: ["odd"],
  });
  app.use(express.urlencoded({ extended: false }));
  app.use(door.middleware);
  app.get("/rotate", door.effect("configuration"), (_req, res) => void res.send("rotated"));
  app.post("/keys", door.deny("make an API key"), (_req, res) => void res.send("key"));
  app.all("/things/:id", (req, res) => {
    ran.push(`${req.method} ${req.path}`);
    req.impersonation?.record({ changes: [{ field: "size", before: "1", after: "2" }] });
    const title = `${door.titlePrefix(req)}Thing`;
    res.send(`<title>${title}</title>${door.banner(req)}<main>thing</main>`);
  });
  app.use((req, res) => {
    ran.push(`${req.method} ${req.path}`);
    res.send("anything");
  });

  return {
    issuer,
    publicUrl,
    ran,
    door,
    /** Moves the product's clock, not the issuer's. */
    pass(ms: number) {
      time += ms;
    },
    browser: () => browser(publicUrl),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await issuer.close();
    },
  };
}

export type Shop = Awaited<ReturnType<typeof startShop>>;

function browser(publicUrl: string) {
  const jar = new Map<string, string>();

  async function visit(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({
      accept: "text/html",
      ...Object.fromEntries(new Headers(init.headers)),
    });
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookies) headers.set("cookie", cookies);
    const url = new URL(path, publicUrl);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of url.origin === publicUrl ? response.headers.getSetCookie() : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  }

  return {
    jar,
    visit,
    post: (path: string, headers: Record<string, string> = {}) =>
      visit(path, { method: "POST", headers: { origin: publicUrl, ...headers } }),
    /** The whole way in. Gives the answer of the callback. */
    async enter(issuer: string, target = "/things/1"): Promise<Response> {
      const query = new URLSearchParams({
        iss: issuer,
        login_hint: "S-41128",
        target_link_uri: target,
      });
      const start = await visit(`/alongside/login?${query}`);
      const authorized = await visit(start.headers.get("location") ?? "");
      return visit(authorized.headers.get("location") ?? "");
    },
  };
}
