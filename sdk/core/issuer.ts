import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import { type Introspection, parseIntrospection } from "./details.ts";
import type { Scope } from "./effects.ts";
import type { Settings } from "./options.ts";
import { fields, Malformed, scope, text } from "./parse.ts";

/** Alongside gave no usable answer in time. Nothing may be concluded from it. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

/** Alongside answered no. */
export class Declined extends Error {
  override name = "Declined";
}

export type Claims = {
  sid: string;
  subject: string;
  actor: { id: string; name: string };
  scope: Scope;
  expiresAt: number;
};

type Metadata = { authorize: string; token: string; introspect: string; keys: JWTVerifyGetKey };

/** The calls that the SDK makes to Alongside. Each one is bounded by `timeoutMs`. */
export function issuerClient(settings: Settings) {
  const { issuer, clientId, clientSecret } = settings;
  const basic = btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
  const authorization = `Basic ${basic}`;
  let known: Metadata | null = null;

  /** RFC 8414. Asked once; a failure is not remembered. */
  async function metadata(signal: AbortSignal): Promise<Metadata> {
    if (known) return known;
    const body = fields(await call(`${issuer}/.well-known/oauth-authorization-server`, {}, signal));
    if (body.issuer !== issuer) throw new Malformed(`${issuer} says that it is another issuer`);
    known = {
      authorize: text(body, "authorization_endpoint"),
      token: text(body, "token_endpoint"),
      introspect: text(body, "introspection_endpoint"),
      keys: createRemoteJWKSet(new URL(text(body, "jwks_uri")), {
        timeoutDuration: settings.timeoutMs,
      }),
    };
    return known;
  }

  function form(values: Record<string, string>): RequestInit {
    return { method: "POST", headers: { authorization }, body: new URLSearchParams(values) };
  }

  return {
    async authorizeUrl(parameters: Record<string, string>): Promise<URL> {
      const { authorize } = await bounded(settings.timeoutMs, metadata);
      const url = new URL(authorize);
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url;
    },

    /** @throws Declined when the code is refused, Malformed when the token is not for us. */
    async exchange(code: string, verifier: string, redirectUri: string) {
      return bounded(settings.timeoutMs, async (signal) => {
        const { token, keys } = await metadata(signal);
        const request = form({
          grant_type: "authorization_code",
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        });
        const answer = fields(await call(token, request, signal));
        const accessToken = text(answer, "access_token");
        return { token: accessToken, claims: await verify(accessToken, keys, settings) };
      });
    },

    /** @param unattended nobody did anything in the session: asking is not to keep it from being idle */
    async introspect(token: string, unattended = false): Promise<Introspection> {
      return bounded(settings.timeoutMs, async (signal) => {
        const { introspect } = await metadata(signal);
        const question = form({ token, ...(unattended && { unattended: "true" }) });
        const body = await call(introspect, question, signal);
        return parseIntrospection(body, { issuer, audience: settings.publicUrl, clientId });
      });
    },

    /** POST to a resource of a session, such as its actions. @throws Declined for one that is not ours. */
    async post(sid: string, resource: "actions" | "end" | "look", body: unknown) {
      return bounded(settings.timeoutMs, async (signal) => {
        const request = {
          method: "POST",
          headers: { authorization, "content-type": "application/json" },
          body: JSON.stringify(body),
        };
        const url = `${issuer}/api/v1/sessions/${encodeURIComponent(sid)}/${resource}`;
        return fields(await call(url, request, signal));
      });
    },
  };
}

export type IssuerClient = ReturnType<typeof issuerClient>;

/** RFC 9068: type, algorithm, issuer, audience, client, life time and whom it is about. */
export async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  settings: Settings,
): Promise<Claims> {
  const { payload } = await jwtVerify(token, keys, {
    issuer: settings.issuer,
    audience: settings.publicUrl,
    typ: "at+jwt",
    algorithms: ["ES256"],
    requiredClaims: ["exp", "iat", "sub", "sid", "act", "client_id", "scope", "jti"],
    currentDate: new Date(settings.now()),
  });
  if (payload.client_id !== settings.clientId) throw new Malformed("token of another client");
  const act = fields(payload.act);
  return {
    sid: text(payload, "sid"),
    subject: text(payload, "sub"),
    actor: { id: text(act, "sub"), name: text(act, "name") },
    scope: scope(payload),
    expiresAt: Number(payload.exp) * 1000,
  };
}

/** One deadline over every request that `work` makes. */
async function bounded<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return work(AbortSignal.timeout(ms));
}

async function call(url: string, init: RequestInit, signal: AbortSignal): Promise<unknown> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...init, signal, redirect: "error", cache: "no-store" });
    body = await response.json();
  } catch (cause) {
    throw new Unreachable(`no answer from ${url}`, { cause });
  }
  if (response.ok) return body;
  if (response.status >= 500 || response.status === 429)
    throw new Unreachable(`${url} answered ${response.status}`);
  throw new Declined(`${url} answered ${response.status}`);
}
