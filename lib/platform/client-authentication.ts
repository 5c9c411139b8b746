import { timingSafeEqual } from "node:crypto";
import { createLocalJWKSet, decodeJwt, type JWTPayload, jwtVerify } from "jose";
import type { Database } from "#db/client.ts";
import { recordRefusal } from "#lib/audit/transact.ts";
import { type Client, findClient } from "#lib/directory/products.ts";
import type { AnonymousActor, ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret } from "#lib/kernel/ids.ts";
import type { Refusal, Result } from "#lib/kernel/result.ts";
import { guardGuesses } from "#lib/limits/guesses.ts";
import { spendToken } from "#lib/limits/spend-token.ts";
import { env } from "./env.ts";
import { anonymousCtx } from "./request.ts";

const jwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const algorithms = ["ES256", "ES384", "PS256", "RS256", "EdDSA"];
/** Seconds that an assertion may be good for, and that clocks may differ by. */
const longestAssertion = 300;
const clockSkew = 30;

/** For the 401 that follows a refusal (RFC 6749 §5.2). */
export const challenge = { "www-authenticate": 'Basic realm="Alongside", charset="UTF-8"' };

/** Which product is calling, for a route handler; see `authenticate`. */
export const authenticateClient = (
  request: Request,
  form?: URLSearchParams,
): Promise<Result<Ctx<ProductActor>>> =>
  authenticate(
    anonymousCtx(request.headers),
    new URL(env().ALONGSIDE_URL).origin,
    request.headers,
    form,
  );

/**
 * Which product is calling: `client_secret_basic`, or `private_key_jwt` (RFC 7523) in the form of the OAuth
 * endpoints, or as a bearer token where the body is not a form. One method at a time (RFC 6749 §2.3).
 */
export async function authenticate(
  ctx: Ctx<AnonymousActor>,
  issuer: string,
  headers: Headers,
  form?: URLSearchParams,
): Promise<Result<Ctx<ProductActor>>> {
  const [scheme = "", credentials = ""] = (headers.get("authorization") ?? "").split(/ +/);
  const assertion =
    form?.get("client_assertion_type") === jwtBearer && form.get("client_assertion");
  const find = (clientId: string) => findClient(ctx.db, clientId);

  let client: Client | null = null;
  if (scheme.toLowerCase() === "basic")
    client = assertion || form?.has("client_secret") ? null : await byBasic(credentials, find);
  else if (scheme.toLowerCase() === "bearer")
    client = await byAssertion(ctx.db, credentials, issuer, find);
  else if (assertion) client = await byAssertion(ctx.db, assertion, issuer, find);
  const named = form?.get("client_id");
  const proved = client && (!named || named === client.clientId) ? client : null;
  const often = await guardGuesses(ctx, proved?.id ?? null);
  if (often) return { ok: false, error: often };
  if (!proved) {
    await recordRefusal(ctx, { event: "client.refused" }, refused);
    return { ok: false, error: refused };
  }
  const { id, clientId, name } = proved;
  return { ok: true, value: { ...ctx, actor: { kind: "product", id, clientId, name } } };
}

const refused: Refusal = {
  code: "not_signed_in",
  message: "The client is not known, or did not prove that it is the one it names.",
};

type Find = (clientId: string) => Promise<Client | null>;

async function byBasic(credentials: string, find: Find): Promise<Client | null> {
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(atobText(credentials)) ?? [];
  const clientId = formDecode(id);
  const given = formDecode(secret);
  if (!clientId || !given) return null;
  const client = await find(clientId);
  const hash = hashSecret(given);
  // Compared also when there is nothing to compare with: the answer takes as long.
  const isCurrent = isHash(client?.secretHash, hash);
  const isPrevious = isHash(client?.previousSecretHash, hash);
  return isCurrent || isPrevious ? client : null;
}

function isHash(stored: string | null | undefined, hash: Buffer): boolean {
  const bytes = Buffer.from(stored ?? "0".repeat(64), "hex");
  return bytes.length === hash.length && timingSafeEqual(bytes, hash) && Boolean(stored);
}

const atobText = (value: string): string => Buffer.from(value, "base64").toString("utf8");

/** Both halves of Basic are form-encoded (RFC 6749 §2.3.1). */
function formDecode(value: string | undefined): string | null {
  try {
    return value === undefined ? null : decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return null;
  }
}

async function byAssertion(
  db: Database,
  assertion: string,
  issuer: string,
  find: Find,
): Promise<Client | null> {
  const clientId = subjectOf(assertion);
  const client = clientId ? await find(clientId) : null;
  if (!client?.jwks) return null;
  const payload = await verified(assertion, client, issuer);
  if (!payload?.exp || !payload.jti) return null;
  const left = payload.exp - Date.now() / 1000;
  if (left > longestAssertion + clockSkew) return null;
  const goodUntil = new Date((payload.exp + clockSkew) * 1000);
  const spent = { issuer: client.clientId, jti: payload.jti, goodUntil };
  return (await spendToken(db, spent)) ? client : null;
}

async function verified(
  assertion: string,
  client: Client,
  issuer: string,
): Promise<JWTPayload | null> {
  try {
    const keys = createLocalJWKSet({ keys: client.jwks?.keys ?? [] });
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms,
      issuer: client.clientId,
      subject: client.clientId,
      audience: [issuer, `${issuer}/oauth/token`],
      requiredClaims: ["exp", "jti"],
      clockTolerance: clockSkew,
    });
    return payload;
  } catch {
    return null;
  }
}

function subjectOf(assertion: string): string | null {
  try {
    return decodeJwt(assertion).sub ?? null;
  } catch {
    return null;
  }
}
