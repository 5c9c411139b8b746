import { drizzle } from "drizzle-orm/node-postgres";
import { countedSearch } from "#lib/directory/counted-search.ts";
import { readOwnStrip } from "#lib/impersonation/own-strip.ts";
import { readSurroundings } from "#lib/impersonation/pulse.ts";
import { readRecentSubjects } from "#lib/impersonation/recent-subjects.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readApprovers } from "#lib/staff/queries.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import type { BenchCtx, BenchDatabase } from "./bench.ts";
import { ctxOf } from "./people.ts";
import type { Live } from "./sessions.ts";

/** Keeps the plans of what the search page asks: who it is, the search and its count, and all that stands around it. */
export async function explainSearchPage(
  ctx: BenchCtx,
  database: BenchDatabase,
  { actor }: Live,
): Promise<void> {
  const sent: { query: string; params: unknown[] }[] = [];
  const logQuery = (query: string, params: unknown[]) => void sent.push({ query, params });
  const db = drizzle(database.runtime, { logger: { logQuery } });
  const agent = { ...ctxOf(database, actor), db };
  await readSignIn(db, actor.signInId, false);
  await Promise.all([
    readSurroundings(agent, false),
    readOwnStrip(agent),
    countedSearch(agent, "jane"),
    readRecentSubjects(agent),
    readApprovers(agent),
    readPolicy(agent),
    serverTime(agent),
  ]);
  const names = ["page-sign-in", "page-count-search", "page-surroundings", "page-search"];
  if (sent.length !== names.length) throw new Error("The page makes other statements now");
  for (const [i, { query, params }] of sent.entries())
    await ctx.explain(names[i] ?? "", database.runtime, query, params);
}
