import { sql } from "drizzle-orm";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { requests, sessions } from "#db/schema/impersonation.ts";
import { together } from "#db/together.ts";
import { countRefusal } from "#lib/audit/count-refusal.ts";
import { endIfDue } from "#lib/impersonation/end.ts";
import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { dueCause, sessionSelect } from "#lib/impersonation/lock.ts";
import { idleAt } from "#lib/impersonation/rules.ts";
import { actingMember, toActColumns } from "#lib/impersonation/to-act.ts";
import { isUseDue, touch } from "#lib/impersonation/touch.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { reasonLabelSql } from "#lib/policy/policy.ts";
import { claimsIn, isSignedByUs } from "./access-token.ts";
import type { Issuer } from "./issuer.ts";

const tokensAsked = sql`unnest(${sql.placeholder("ids")}::uuid[], ${sql.placeholder("jtis")}::uuid[])`;

const select = sessionSelect(
  "introspections",
  {
    aud: products.origin,
    environment: products.environment,
    sub: subjects.externalId,
    account: accounts.externalId,
    reasonLabel: reasonLabelSql(requests.reasonCategory),
    /** Until when a break-glass is to be reviewed. */
    reviewBy: sql<string | null>`case when ${requests.breakGlass}
      then (select due_at from session_reviews_due where session_id = ${sessions.id}) end`,
    ...toActColumns,
    /** Of the tokens asked about, those that are this session's, each with whether it is retired. */
    tokens: sql<Record<
      string,
      boolean
    > | null>`(select json_object_agg(t.jti, t.retired_at is not null)
      from ${tokensAsked} as asked(id, jti) join tokens t on t.jti = asked.jti and t.session_id = asked.id
      where asked.id = ${sessions.id})`,
  },
  sql`${sessions.id} = any(${sql.placeholder("ids")}::uuid[])`,
);

const find = together(
  ({ sid, jti }: { sid: string; jti: string }) => `${sid} ${jti}`,
  async (db, asked) => {
    const ids = asked.map(({ sid }) => sid);
    const rows = await select(db, { ids, jtis: asked.map(({ jti }) => jti) });
    return new Map(
      rows.flatMap(({ tokens, ...row }) =>
        Object.entries(tokens ?? {}).map(([jti, isRetired]) => [
          `${row.id} ${jti}`,
          { ...row, isRetired },
        ]),
      ),
    );
  },
);

/** The token in force that this client holds, with its session; null for anything else, once `refused` has it on record. */
export async function heldToken(
  ctx: Ctx<ProductActor>,
  issuer: Issuer,
  token: string,
  refused: (why: NotHeld) => Promise<void>,
) {
  const given = await givenToken(ctx, issuer, token);
  if (given && !given.retired) return given;
  await refused({ code: given ? "retired" : "invalid", session: given?.session ?? null });
  return null;
}
export type NotHeld = {
  code: "retired" | "invalid";
  session: { id: string; number: number } | null;
};

/** The session that one of our own tokens names, if this client was given it; null for anything else. */
async function givenToken(ctx: Ctx<ProductActor>, issuer: Issuer, token: string) {
  const claims = claimsIn(token);
  if (!claims || claims.client_id !== ctx.actor.clientId) return null;
  const row = await find(ctx.db, claims);
  if (!row || row.productId !== ctx.actor.id) return null;
  const { at: text, isRetired, ...session } = row;
  const at = new Date(text);
  // What the token says counts from here on only: the keys are those that are good by the database's clock.
  if (!(await isSignedByUs(token, issuer, at))) return null;
  return { session, at, claims, retired: isRetired };
}

/**
 * Token introspection (RFC 7662): whether the session lives now, whose it is, and the server's time. Another
 * client's token, a retired or an altered one is `active: false` and nothing more; an ended session says why. Being asked
 * about is use, unless the product says that nobody did anything (`unattended`): it watches over what is open.
 */
export async function introspect(
  ctx: Ctx<ProductActor>,
  issuer: Issuer,
  token: string,
  { unattended = false } = {},
) {
  // Counted, by product: it may ask so often that entries of their own would flood the record.
  const held = await heldToken(ctx, issuer, token, ({ code, session }) => {
    const { clientId } = ctx.actor;
    // A token that was retired may have been stolen: by whose session, so that it can be found.
    const source = session ? `${clientId}, ${sessionNumber(session.number)}` : clientId;
    return countRefusal(ctx.db, { event: "token.refused", source, code });
  });
  if (!held) return { active: false as const };
  const { session, at, claims } = held;
  const due = dueCause(session, at);
  if (due) await endIfDue(ctx, session.id);
  if (session.endedAt || due) {
    const ending = await readEnding(ctx.db, session.id);
    return { active: false as const, ...(ending ? endingMembers(issuer.url, ending) : {}) };
  }
  if (!unattended && isUseDue(session, at)) await touch(ctx.db, session.id);
  return {
    active: true as const,
    token_type: "Bearer",
    iss: issuer.url,
    aud: session.aud,
    client_id: ctx.actor.clientId,
    sub: session.sub,
    subject_name: session.subjectName,
    act: { sub: session.actorId, name: session.actorName },
    sid: session.id,
    scope: session.scope,
    account: session.account,
    account_name: session.accountName,
    environment: session.environment,
    reason_category: session.reasonCategory,
    reason_label: session.reasonLabel ?? session.reasonCategory,
    ticket: session.ticket,
    ...(session.breakGlass && {
      break_glass: true,
      review_by: session.reviewBy && Math.floor(Date.parse(session.reviewBy) / 1000),
    }),
    iat: claims.iat,
    exp: claims.exp,
    jti: claims.jti,
    started_at: Math.floor(session.startedAt.getTime() / 1000),
    idle_at: Math.floor(
      idleAt(unattended ? session : { ...session, lastActiveAt: at }).getTime() / 1000,
    ),
    server_time: at.toISOString(),
    session_url: `${issuer.url}/sessions/${session.id}`,
    ...actingMember(issuer.url, session),
  };
}
