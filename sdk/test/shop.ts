import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Response } from "express";
import { alongside } from "../express.ts";
import { browser } from "./browser.ts";
import { startIssuer } from "./issuer.ts";

/**
 * A small product under test, its issuer, and a browser of sorts that keeps cookies.
 * @param freshMs for what stays open: the clock runs, and one answer serves so long
 */
export async function startShop({ freshMs = 0 } = {}) {
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
    ...(freshMs > 0 ? { freshMs } : { now: () => time }),
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
  app.get("/live", (_req, res) => flow(res));
  app.get("/live.csv", door.exports(), (_req, res) => flow(res));
  app.post("/slow", (req, _res, next) => void req.once("close", next));
  app.post("/slow", door.deny("be slow"), (req, res) => {
    ran.push(`${req.method} ${req.path}`);
    res.end();
  });
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
    server,
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

/** Never comes to an end by itself. */
function flow(res: Response): void {
  const timer = setInterval(() => res.write("data: more\n\n"), 5);
  res.type("text/event-stream").write("data: first\n\n");
  res.once("close", () => clearInterval(timer));
}

export type Shop = Awaited<ReturnType<typeof startShop>>;
