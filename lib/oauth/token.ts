import { createHash } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { SignJWT } from "jose";
import { z } from "zod";
import { clock, type Transaction, transaction } from "#db/client.ts";
import { products, subjects } from "#db/schema/directory.ts";
import { authorizationCodes, tokens } from "#db/schema/impersonation.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import { asSystem, endIfDue, endIn } from "#lib/impersonation/end.ts";
import { about, dueCause, type LockedSession, lockSession } from "#lib/impersonation/lock.ts";
import type { ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret, newId } from "#lib/kernel/ids.ts";
import type { Issuer, OAuthError } from "./issuer.ts";
import { privateKey, signingKey } from "./keys.ts";

const grant = z.object({
  grant_type: z.literal("authorization_code"),
  code: z.string().min(1).max(200),
  redirect_uri: z.string().max(2000),
  code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/),
});

export type TokenAnswer = {
  access_token: string;
  token_type: "Bearer";
  expires_in: number;
  scope: string;
};

const invalidGrant = (why: string): OAuthError => ({
  error: "invalid_grant",
  error_description: why,
});

/**
 * The token endpoint (RFC 6749 §4.1.3, RFC 7636 §4.6). The first presentation of a code by its own client consumes
 * it whatever the outcome; a second ends the session (RFC 9700 §2.1.1); another client's does not touch it.
 */
export async function exchange(
  ctx: Ctx<ProductActor>,
  issuer: Issuer,
  form: Record<string, unknown>,
): Promise<TokenAnswer | OAuthError> {
  if (typeof form.grant_type === "string" && form.grant_type !== "authorization_code")
    return refuse(ctx, null, {
      error: "unsupported_grant_type",
      error_description: "Only authorization_code is supported.",
    });
  const parsed = grant.safeParse(form);
  const code = typeof form.code === "string" ? form.code : null;
  if (!code)
    return refuse(ctx, null, { error: "invalid_request", error_description: "code is missing." });
  const outcome = await transaction(ctx.db, (tx) =>
    consume(tx, ctx, issuer, code, parsed.success ? parsed.data : null),
  );
  if ("error" in outcome) {
    if (outcome.due) await endIfDue(ctx, outcome.due);
    return refuse(ctx, outcome.sessionId, outcome.error);
  }
  return outcome.answer;
}

async function refuse(
  ctx: Ctx<ProductActor>,
  sessionId: string | null,
  error: OAuthError,
): Promise<OAuthError> {
  await recordRefusal(
    ctx,
    { event: "token.refused", sessionId, body: { error: error.error } },
    { code: "invalid", message: error.error_description },
  );
  return error;
}

type Outcome =
  | { answer: TokenAnswer }
  | { error: OAuthError; sessionId: string | null; due?: string };

async function consume(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  issuer: Issuer,
  code: string,
  asked: z.infer<typeof grant> | null,
): Promise<Outcome> {
  const hash = hashSecret(code);
  const own = and(
    eq(authorizationCodes.hash, hash),
    eq(authorizationCodes.productId, ctx.actor.id),
  );
  const [found] = await tx
    .select({ sessionId: authorizationCodes.sessionId })
    .from(authorizationCodes)
    .where(own);
  const unknown = { error: invalidGrant("The code is not known."), sessionId: null };
  if (!found) return unknown;
  // Session before code, as everywhere: whoever ends the session holds the same order.
  const locked = await lockSession(tx, found.sessionId, "update");
  const [row] = await tx.select().from(authorizationCodes).where(own).for("update");
  if (!locked || !row) return unknown;
  const { session } = locked;
  const at = await clock(tx);
  const fail = (why: string, due?: string): Outcome => ({
    error: invalidGrant(why),
    sessionId: session.id,
    ...(due ? { due } : {}),
  });
  if (row.consumedAt) {
    if (!session.endedAt) await endIn(tx, asSystem(ctx), session, "code_reuse", null);
    return fail("The code was used before, so its session was ended.");
  }
  await tx
    .update(authorizationCodes)
    .set({ consumedAt: at })
    .where(eq(authorizationCodes.hash, hash));
  if (!asked)
    return fail("The request is not complete: redirect_uri and code_verifier are needed.");
  if (at >= row.expiresAt) return fail("The code is older than 60 s.");
  if (asked.redirect_uri !== row.redirectUri) return fail("redirect_uri is not that of the code.");
  const challenge = createHash("sha256").update(asked.code_verifier).digest("base64url");
  if (challenge !== row.codeChallenge) return fail("code_verifier does not fit.");
  if (session.endedAt) return fail("The session has ended.");
  if (dueCause(session, at)) return fail("The session has ended.", session.id);
  return { answer: await issue(tx, ctx, issuer, session, at) };
}

async function issue(
  tx: Transaction,
  ctx: Ctx<ProductActor>,
  issuer: Issuer,
  session: LockedSession,
  at: Date,
): Promise<TokenAnswer> {
  const [facts] = await tx
    .select({
      origin: products.origin,
      clientId: products.clientId,
      sub: subjects.externalId,
      account: sql<string>`(select external_id from accounts where id = ${session.accountId})`,
    })
    .from(subjects)
    .innerJoin(products, eq(products.id, subjects.productId))
    .where(eq(subjects.id, session.subjectId));
  if (!facts) throw new Error("A session has a subject");
  await tx
    .update(tokens)
    .set({ retiredAt: at })
    .where(and(eq(tokens.sessionId, session.id), isNull(tokens.retiredAt)));
  const jti = newId();
  await tx.insert(tokens).values({ jti, sessionId: session.id, issuedAt: at });
  await recordAudit(tx, ctx, {
    event: "token.issued",
    ...about(session),
    body: {
      what: `Token for ${session.productName}`,
      jti,
      actor: session.actorName,
      subject: session.subjectName,
      account: session.accountName,
    },
  });
  const key = signingKey(issuer.keys, at);
  const exp = Math.floor(session.expiresAt.getTime() / 1000);
  const iat = Math.floor(at.getTime() / 1000);
  const token = await new SignJWT({
    client_id: facts.clientId,
    act: { sub: session.actorId, name: session.actorName },
    sid: session.id,
    scope: session.scope,
    account: facts.account,
    reason_category: session.reasonCategory,
    ...(session.breakGlass && { break_glass: true }),
  })
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: key.kid })
    .setIssuer(issuer.url)
    .setAudience(facts.origin)
    .setSubject(facts.sub)
    .setJti(jti)
    .setIssuedAt(iat)
    .setExpirationTime(exp)
    .sign(await privateKey(key));
  return {
    access_token: token,
    token_type: "Bearer",
    expires_in: Math.max(0, exp - iat),
    scope: session.scope,
  };
}
