import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import pg from "pg";
import { z } from "zod";
import type { Bench, BenchCtx } from "./bench.ts";
import { figure } from "./figure.ts";
import { interleaved, median, quantile, throughput } from "./measure.ts";
import { newPairs, type Pair } from "./people.ts";
import type { Live } from "./sessions.ts";

const clients = 8;

/** No target: the two do different things. README.md says what each does in a cycle, and what is on record after it. */
export const peers: Bench = {
  name: "peers",
  about: `Impersonate, check, stop, ${clients} clients: our verbs, and better-auth's admin plugin, each behind a trivial HTTP server of its own over the same PostgreSQL. What each does in a cycle is in README.md.`,
  async *run(ctx) {
    const { rounds, total } =
      ctx.size === "full" ? { rounds: 5, total: 100 } : { rounds: 1, total: 16 };
    const pairs = await newPairs((await ctx.database()).owner, (rounds + 1) * total);
    const sides = [await ours(ctx, pairs), await betterAuth(ctx)] as const;
    try {
      const [a, b] = sides;
      const rates = await interleaved(rounds, {
        ours: () => throughput(clients, total, a.cycle),
        theirs: () => throughput(clients, total, b.cycle),
      });
      for (const [side, rate] of [
        [a, rates.ours],
        [b, rates.theirs],
      ] as const) {
        const cycles = (rounds + 1) * total;
        yield figure(`${side.name}: cycles`, "/s", median(rate));
        yield figure(`${side.name}: a cycle, p50`, "ms", median(side.took));
        yield figure(`${side.name}: a cycle, p95`, "ms", quantile(side.took, 0.95));
        const { rows, commits } = await side.written();
        yield figure(`${side.name}: rows written in a cycle`, "rows", rows / cycles);
        yield figure(`${side.name}: transactions in a cycle`, "commits", commits / cycles);
      }
    } finally {
      for (const side of sides) await side.stop();
    }
  },
};

/** Counts of PostgreSQL's own, from now on. */
async function counting(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const read = async () => {
    const { rows } = await pool.query<{ rows: number; commits: number }>(
      `select (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables)::float8 as rows,
         (select xact_commit from pg_stat_database where datname = current_database())::float8 as commits`,
    );
    return rows[0] ?? { rows: 0, commits: 0 };
  };
  /** A backend tells what it did after 10 s of rest at the latest: what came before must not be told after. */
  const settled = () => new Promise((done) => setTimeout(done, 11_000));
  await settled();
  const before = await read();
  return {
    end: () => pool.end(),
    since: async () => {
      await settled();
      const after = await read();
      return { rows: after.rows - before.rows, commits: after.commits - before.commits };
    },
  };
}

async function ours(ctx: BenchCtx, pairs: Pair[]) {
  const { runtimeUrl } = await ctx.database();
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const key = {
    ...(await exportJWK(privateKey)),
    kid: "bench",
    signs_from: "2026-01-01T00:00:00Z",
  };
  const door = {
    url: "http://localhost:3000",
    ledgerUrl: "http://127.0.0.1:3001",
    signingKeys: JSON.stringify([key]),
  };
  const env = { PATH: process.env.PATH, DATABASE_URL: runtimeUrl, DOOR: JSON.stringify(door) };
  const child = fork(join(import.meta.dirname, "peer-ours.ts"), [], {
    execArgv: ["--conditions=react-server"],
    env: { ...env, NODE_ENV: "production" },
  });
  const [said] = await once(child, "message");
  const { url } = z.object({ url: z.url() }).parse(said);
  const counted = await counting(runtimeUrl);
  const took: number[] = [];
  const call = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
    return answer.json();
  };
  return {
    name: "ours",
    took,
    async cycle() {
      const pair = pairs.pop();
      const from = performance.now();
      const live = (await call("/impersonate", pair)) as Live;
      const checked = z.object({ active: z.literal(true) }).parse(await call("/check", live));
      z.object({ ok: z.literal(true) }).parse(await call("/stop", live));
      took.push(performance.now() - from);
      return checked;
    },
    written: counted.since,
    stop: async () => {
      child.kill();
      await counted.end();
    },
  };
}

async function betterAuth(ctx: BenchCtx) {
  const folder = join(import.meta.dirname, "peers");
  if (!existsSync(join(folder, "node_modules"))) {
    ctx.say("Installing better-auth");
    const npm = spawn("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: "ignore" });
    await once(npm, "exit");
  }
  const databaseUrl = await ctx.ledgerDatabase();
  const child = fork(join(folder, "server.js"), [], {
    cwd: folder,
    execArgv: [],
    env: { PATH: process.env.PATH, NODE_ENV: "production", DATABASE_URL: databaseUrl },
  });
  const [said] = await once(child, "message", { signal: AbortSignal.timeout(60_000) });
  const { url, cookie, userId } = z
    .object({ url: z.url(), cookie: z.string(), userId: z.string() })
    .parse(said);
  const counted = await counting(databaseUrl);
  const took: number[] = [];
  const call = async (path: string, cookies: string, body?: unknown) => {
    const answer = await fetch(`${url}/api/auth${path}`, {
      method: body ? "POST" : "GET",
      headers: { cookie: cookies, origin: url, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`better-auth: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    name: "better-auth",
    took,
    async cycle() {
      const from = performance.now();
      const started = await call("/admin/impersonate-user", cookie, { userId });
      const standing = cookiesAfter(cookie, started);
      const check = await (await call("/get-session", standing)).json();
      z.object({ session: z.object({ impersonatedBy: z.string() }) }).parse(check);
      await call("/admin/stop-impersonating", standing, {});
      took.push(performance.now() - from);
      return started;
    },
    written: counted.since,
    stop: async () => {
      child.kill();
      await counted.end();
    },
  };
}

/** The jar of a browser that had `cookies` and got this answer. */
function cookiesAfter(cookies: string, answer: Response): string {
  const jar = new Map<string, string>();
  const set = answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
  for (const line of [...cookies.split("; "), ...set]) {
    const [, name = "", value = ""] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (value) jar.set(name, value);
    else jar.delete(name);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
