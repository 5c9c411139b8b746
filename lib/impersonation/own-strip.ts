import { and, eq, isNull, sql } from "drizzle-orm";
import { readAtOnce } from "#db/at-once.ts";
import { preparedSelect } from "#db/prepared.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endedByTime } from "./rules.ts";
import { scopeNow } from "./scope-now.ts";

const select = preparedSelect(
  "own_strip",
  {
    id: sessions.id,
    scope: scopeNow,
    startedAt: sessions.startedAt,
    expiresAt: sessions.expiresAt,
    lastActiveAt: sessions.lastActiveAt,
    idleMinutes: sessions.idleMinutes,
    endedAt: sessions.endedAt,
    subject: subjects.name,
    subjectLang: subjects.lang,
    account: accounts.name,
    product: products.name,
    environment: products.environment,
    reasonCategory: requests.reasonCategory,
    ticket: requests.ticket,
    breakGlass: requests.breakGlass,
    now: sql<string>`clock_timestamp()`,
  },
  (builder, columns) =>
    builder
      .select(columns)
      .from(sessions)
      .innerJoin(requests, eq(requests.id, sessions.requestId))
      .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
      .innerJoin(accounts, eq(accounts.id, sessions.accountId))
      .innerJoin(products, eq(products.id, sessions.productId))
      .where(and(eq(sessions.actorId, sql.placeholder("actorId")), isNull(sessions.endedAt))),
);

/** What the strip says of the reader's own live session; null once time has ended it, written down or not. */
export async function readOwnStrip(ctx: Ctx<StaffActor>) {
  const [row] = await readAtOnce(ctx, select.part({ actorId: ctx.actor.id }));
  if (!row) return null;
  const at = new Date(row.now);
  return endedByTime(row, at) ? null : { ...row, at };
}
