import { timingSafeEqual } from "node:crypto";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { recordRefusal } from "#lib/audit/transact.ts";
import { type Client, findClient } from "#lib/directory/products.ts";
import type { AnonymousActor, ProductActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { hashSecret } from "#lib/kernel/ids.ts";
import type { Refusal, Result } from "#lib/kernel/result.ts";
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
  else if (scheme.toLowerCase() === "bearer") client = await byAssertion(credentials, issuer, find);
  else if (assertion) client = await byAssertion(assertion, issuer, find);
  const named = form?.get("client_id");
  if (!client || (named && named !== client.clientId)) {
    await recordRefusal(ctx, { event: "client.refused" }, refused);
    return { ok: false, error: refused };
  }
  const { id, clientId, name } = client;
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
  // Compared also when there is nothing to compare with: the answer takes as long.
  const stored = Buffer.from(client?.secretHash ?? "0".repeat(64), "hex");
  const hash = hashSecret(given);
  const same = stored.length === hash.length && timingSafeEqual(stored, hash);
  return client?.secretHash && same ? client : null;
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

async function byAssertion(assertion: string, issuer: string, find: Find): Promise<Client | null> {
  const clientId = subjectOf(assertion);
  const client = clientId ? await find(clientId) : null;
  if (!client?.jwks) return null;
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: client.jwks.keys }), {
      algorithms,
      issuer: client.clientId,
      subject: client.clientId,
      audience: [issuer, `${issuer}/oauth/token`],
      requiredClaims: ["exp", "jti"],
      clockTolerance: clockSkew,
    });
    const left = (payload.exp ?? 0) - Date.now() / 1000;
    return left <= longestAssertion + clockSkew ? client : null;
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
