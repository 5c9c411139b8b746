import { and, eq } from "drizzle-orm";
import { createLocalJWKSet, jwtVerify } from "jose";
import { z } from "zod";
import { clock } from "#db/client.ts";
import { accounts, products, subjects } from "#db/schema/directory.ts";
import { sessions, tokens } from "#db/schema/impersonation.ts";
import { endIfDue } from "#lib/impersonation/end.ts";
import { endingMembers, readEnding } from "#lib/impersonation/ending.ts";
import { dueCause, readSession } from "#lib/impersonation/lock.ts";
import { idleAt } from "#lib/impersonation/rules.ts";
import { touch } from "#lib/impersonation/touch.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy, reasonLabel } from "#lib/policy/policy.ts";
import type { Issuer } from "./issuer.ts";
import { publishedKeys } from "./keys.ts";

const claims = z.object({
  jti: z.uuid(),
  sid: z.uuid(),
  client_id: z.string(),
  iat: z.int(),
  exp: z.int(),
});

/** The session that one of our own tokens names, if this client holds it; null for anything else. */
export async function sessionOfToken(ctx: Ctx<ProductActor>, issuer: Issuer, token: string) {
  const signed = await claimsOf(token, issuer, await clock(ctx.db));
  if (!signed || signed.client_id !== ctx.actor.clientId) return null;
  const { jti, sid, iat, exp } = signed;
  const [row] = await ctx.db
    .select({ retiredAt: tokens.retiredAt })
    .from(tokens)
    .innerJoin(sessions, eq(sessions.id, tokens.sessionId))
    .where(
      and(eq(tokens.jti, jti), eq(tokens.sessionId, sid), eq(sessions.productId, ctx.actor.id)),
    );
  return row ? { sid, jti, iat, exp, retired: row.retiredAt !== null } : null;
}

/** What a token of ours says; null for anything that we did not sign. A database out of reach is no such answer. */
async function claimsOf(token: string, issuer: Issuer, at: Date) {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(publishedKeys(issuer.keys, at)), {
      issuer: issuer.url,
      typ: "at+jwt",
      algorithms: ["ES256"],
      // Whether it is over is the session's to say, with the reason; the database's clock decides.
      currentDate: new Date(0),
      requiredClaims: ["exp", "jti", "sid"],
    });
    return claims.parse(payload);
  } catch {
    return null;
  }
}

/**
 * Token introspection (RFC 7662): whether the session lives now, whose it is, and the server's time. Another
 * client's token, a retired or an altered one is `active: false` and nothing more; an ended session says why.
 */
export async function introspect(ctx: Ctx<ProductActor>, issuer: Issuer, token: string) {
  const held = await sessionOfToken(ctx, issuer, token);
  if (!held || held.retired) return { active: false as const };
  const read = await readSession(ctx.db, held.sid);
  if (!read) return { active: false as const };
  const { session, at } = read;
  if (dueCause(session, at)) await endIfDue(ctx, session.id);
  if (session.endedAt || dueCause(session, at)) {
    const ending = await readEnding(ctx.db, session.id);
    return { active: false as const, ...(ending ? endingMembers(issuer.url, ending) : {}) };
  }
  await touch(ctx.db, session.id);
  const [facts] = await ctx.db
    .select({
      aud: products.origin,
      environment: products.environment,
      sub: subjects.externalId,
      account: accounts.externalId,
    })
    .from(sessions)
    .innerJoin(products, eq(products.id, sessions.productId))
    .innerJoin(subjects, eq(subjects.id, sessions.subjectId))
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(eq(sessions.id, session.id));
  if (!facts) return { active: false as const };
  return {
    active: true as const,
    token_type: "Bearer",
    iss: issuer.url,
    aud: facts.aud,
    client_id: ctx.actor.clientId,
    sub: facts.sub,
    subject_name: session.subjectName,
    act: { sub: session.actorId, name: session.actorName },
    sid: session.id,
    scope: session.scope,
    account: facts.account,
    account_name: session.accountName,
    environment: facts.environment,
    reason_category: session.reasonCategory,
    reason_label: reasonLabel(await currentPolicy(ctx.db), session.reasonCategory),
    ticket: session.ticket,
    iat: held.iat,
    exp: held.exp,
    jti: held.jti,
    started_at: Math.floor(session.startedAt.getTime() / 1000),
    idle_at: Math.floor(idleAt({ ...session, lastActiveAt: at }).getTime() / 1000),
    server_time: at.toISOString(),
    session_url: `${issuer.url}/sessions/${session.id}`,
  };
}
