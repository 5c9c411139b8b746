import { encode } from "next-auth/jwt";
import { newId } from "#lib/kernel/ids.ts";
import type { Bench, BenchCtx } from "./bench.ts";
import { compared, type Figure } from "./figure.ts";
import { explainHotQueries } from "./hot-queries.ts";
import { answersPerSecond, type Sent } from "./load.ts";
import { interleaved } from "./measure.ts";
import { explainSearchPage } from "./page-queries.ts";
import { type Live, liveSessions } from "./sessions.ts";

const clients = 16;

/** Over HTTP on the running production build, against the least that its server can answer. */
export const panel: Bench = {
  name: "panel",
  about: `Requests a second of the production build, ${clients} clients, against a trivial handler and a trivial page of the same build, behind the same proxy.`,
  async *run(ctx) {
    const database = await ctx.database();
    const running = await ctx.panel();
    const sessions = await liveSessions(database, running, clients);
    const { keys } = running.settings;
    const basic = Buffer.from(`ledger:${keys.LEDGER_CLIENT_SECRET}`).toString("base64");
    const asLedger = { authorization: `Basic ${basic}` };
    let next = 0;
    const session = (): Live => {
      next += 1;
      const live = sessions[next % sessions.length];
      if (!live) throw new Error("No session is live");
      return live;
    };

    const form = { ...asLedger, "content-type": "application/x-www-form-urlencoded" };
    yield await compare(ctx, "introspection", 0.5, {
      ours: { method: "POST", path: "/oauth/introspect", headers: form },
      trivial: { method: "POST", path: "/bench/handler", headers: form },
      body: () => `token=${session().token}`,
      holds: '"active":true',
    });

    for (const count of [1, 10]) {
      const json = { ...asLedger, "content-type": "application/json" };
      const path = () => `/api/v1/sessions/${session().sessionId}/actions`;
      yield await compare(ctx, `action batch of ${count}`, 0.5, {
        ours: { method: "POST", path, headers: json },
        trivial: { method: "POST", path: "/bench/handler", headers: json },
        body: () => JSON.stringify({ actions: Array.from({ length: count }, (_, i) => view(i)) }),
        holds: '"active":true',
      });
    }
    const tenViews = Array.from({ length: 10 }, (_, i) => view(i));
    await explainHotQueries(ctx, database, running, session(), tenViews);

    // By turns as many people as there are clients: one alone would meet the limit of searches.
    const cookies = await Promise.all(
      sessions.map(async ({ actor: { signInId } }) => {
        const signedIn = { token: { signInId }, secret: keys.NEXTAUTH_SECRET, maxAge: 3600 };
        return `next-auth.session-token=${await encode(signedIn)}`;
      }),
    );
    let turn = 0;
    const headers = () => {
      turn += 1;
      return { cookie: cookies[turn % cookies.length] ?? "" };
    };
    yield await compare(ctx, "search page", 0.7, {
      ours: { method: "GET", path: "/?q=jane", headers },
      trivial: { method: "GET", path: "/bench/page", headers },
      // Ours with somebody who was found: a refusal by limit is a page too.
      holds: "</html>",
      oursHolds: "Jane Doe",
    });
    await explainSearchPage(ctx, database, session());
  },
};

type Sides = { ours: Sent; trivial: Sent; body?: () => string; holds: string; oursHolds?: string };

async function compare(
  ctx: BenchCtx,
  name: string,
  atLeast: number,
  { ours, trivial, oursHolds, ...both }: Sides,
): Promise<Figure> {
  const { url } = await ctx.panel();
  const { rounds, seconds } =
    ctx.size === "full" ? { rounds: 9, seconds: 2 } : { rounds: 1, seconds: 1 };
  const load = { url, clients, seconds, ...both };
  const rates = await interleaved(rounds, {
    ours: () => answersPerSecond({ ...load, ...ours, ...(oursHolds && { holds: oursHolds }) }),
    trivial: () => answersPerSecond({ ...load, ...trivial }),
  });
  return compared(name, "/s", rates.ours, rates.trivial, { atLeast });
}

const view = (seq: number) => ({
  id: newId(),
  phase: "view",
  at: new Date().toISOString(),
  method: "GET",
  route: "/invoices/:number",
  effect: "view",
  data: ["invoice"],
  resource: "INV-2207",
  status: 200,
  ip: "127.0.0.1",
  user_agent: "bench",
  seq,
});
