import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { z } from "zod";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import { actionsBodySchema } from "#lib/impersonation/schemas.ts";
import { newId } from "#lib/kernel/ids.ts";
import { introspect } from "#lib/oauth/introspect.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";
import type { BenchCtx, BenchDatabase, RunningPanel } from "./bench.ts";
import { ctxOf } from "./people.ts";
import { asLedger, type Live } from "./sessions.ts";

type Query = { query: string; params: unknown[] };

/** Keeps the plans of what an introspection and a batch of actions ask the database. */
export async function explainHotQueries(
  ctx: BenchCtx,
  database: BenchDatabase,
  { url, settings }: RunningPanel,
  { actor, subject, sessionId, token }: Live,
  actions: unknown[],
): Promise<void> {
  const sent: Query[] = [];
  const logQuery = (query: string, params: unknown[]) => void sent.push({ query, params });
  const db = drizzle(database.runtime, { logger: { logQuery } });
  const product = asLedger({ ...ctxOf(database, actor), db }, subject.product);
  const last = (part: string): Query => {
    const found = sent.findLast(({ query }) => query.includes(part));
    if (!found) throw new Error(`Nothing was asked of ${part}`);
    return found;
  };

  const keys = signingKeysSchema.parse(JSON.parse(settings.keys.ALONGSIDE_SIGNING_KEYS));
  await introspect(product, { url, keys }, token);
  const asked = last("t.jti");
  await ctx.explain("introspection", database.runtime, asked.query, asked.params);

  await recordActions(product, sessionId, actionsBodySchema.parse({ actions }).actions);
  const read = last("subject_standing");
  await ctx.explain("action-batch-session", database.runtime, read.query, read.params);
  const write = last("record_actions");
  const [told, ...more] = write.params;
  await explainWrite(ctx, database, [renewed(told), ...more]);
}

const toldSchema = z.array(z.looseObject({ id: z.string(), entry_id: z.string() }));

/** The same actions as others: those that are on record are not written again. */
const renewed = (told: unknown): string =>
  JSON.stringify(
    toldSchema
      .parse(JSON.parse(z.string().parse(told)))
      .map((one) => ({ ...one, id: newId(), entry_id: newId() })),
  );

/** Of a function one sees but its name: its statement is taken out of it, and planned as in it. */
async function explainWrite(
  ctx: BenchCtx,
  { runtimeUrl, owner }: BenchDatabase,
  values: unknown[],
) {
  const { rows } = await owner.query<{ body: string }>(
    "select prosrc as body from pg_proc where proname = 'record_actions'",
  );
  const [, statement] = /RETURN QUERY\s+(.*);\s*END/s.exec(rows[0]?.body ?? "") ?? [];
  if (!statement) throw new Error("record_actions is something else now");
  const query = statement
    .replace("(reported)", "($1::json)")
    .replace("(session_ids)", "($2::uuid[])");
  const pool = new pg.Pool({
    connectionString: runtimeUrl,
    max: 1,
    options: "-c enable_seqscan=off",
  });
  try {
    await ctx.explain("action-batch-write", pool, query, values);
  } finally {
    await pool.end();
  }
}
