import { randomBytes } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "pg";
import { afterAll, expect, vi } from "vitest";
import { browser } from "#sdk/test/browser.ts";
import { startIssuer, type TestIssuer } from "#sdk/test/issuer.ts";

export const halvor = {
  sub: "usr_2MX81C",
  subject_name: "Halvor Venn-Ruiz",
  account_name: "Ardent Loom",
};

/** What the issuer says from now on: an agent acts in this person's place. */
export function standInFor(issuer: TestIssuer, who: typeof halvor, scope = "write"): void {
  const actor = "Bram Okonvale";
  Object.assign(issuer.session, {
    active: true,
    ended: {},
    scope,
    ...who,
    actor,
    startedAt: Date.now(),
  });
}

export type Own = ReturnType<typeof browser>;

/** Ledger on a database of its own, with its real seed, and an issuer that says what the test wants. */
export async function startLedger() {
  const cleanUp: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const step of cleanUp.reverse()) await step();
  });
  const name = `ledger_test_${randomBytes(4).toString("hex")}`;
  const { adminUrl } = JSON.parse(process.env.TEST_SERVER ?? "{}") as { adminUrl: string };
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  cleanUp.push(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  });

  let app: RequestListener | null = null;
  const server = createServer((request, response) => app?.(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  cleanUp.push(
    async () => server.closeAllConnections(),
    async () => server.close(),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = await startIssuer(url);
  cleanUp.push(() => issuer.close());

  const database = new URL(adminUrl);
  database.pathname = name;
  Object.assign(process.env, {
    LEDGER_URL: url,
    LEDGER_DATABASE_URL: database.href,
    ALONGSIDE_URL: issuer.origin,
    LEDGER_CLIENT_SECRET: issuer.clientSecret,
  });
  // Another file may have had a Ledger in this process, with a pool that is closed by now.
  vi.resetModules();
  const { prepare } = await import("./prepare.ts");
  const { pool } = await import("./database.ts");
  cleanUp.push(() => pool.end());
  await prepare();
  app = (await import("./app.ts")).ledgerApp();

  return {
    issuer,
    url,
    pool,
    prepare,
    /** A customer's own browser. */
    async signIn(email: string, password = "ledger-demo"): Promise<Own> {
      const own = browser(url);
      const form = { email, password, remember: "yes" };
      expect((await own.post("/sign-in", {}, form)).status).toBe(303);
      return own;
    },
    /** An agent's browser, in the place of whom the issuer says. */
    async agent(): Promise<Own> {
      const agent = browser(url);
      await agent.enter(issuer.origin, "/invoices");
      return agent;
    },
    async one<T>(query: string, values: unknown[] = []): Promise<T | undefined> {
      return (await pool.query(query, values)).rows[0];
    },
  };
}

/** A form as its page would send it: in whose session it was made, and these fields. */
export async function send(own: Own, page: string, path: string, fields: Record<string, string>) {
  const html = await (await own.visit(page)).text();
  const as = /name="_as" value="([^"]*)"/.exec(html)?.[1] ?? "";
  const version = /name="version" value="([^"]*)"/.exec(html)?.[1];
  return own.post(path, {}, { _as: as, ...(version !== undefined && { version }), ...fields });
}
