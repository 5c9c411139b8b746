import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type Reply = { status: number; body?: unknown; location?: string };
type Received = Record<string, unknown> & { id: string; phase: string };

/**
 * A small OAuth issuer on loopback, as far as the SDK needs one: metadata, keys, code with PKCE,
 * token, introspection, actions, end. What it says can be changed while it runs.
 */
export async function startIssuer(audience: string, port = 0) {
  const keys = await generateKeyPair("ES256");
  const foreign = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "test", alg: "ES256", use: "sig" };
  const codes = new Map<string, string>();
  const actions: Received[] = [];
  const seen: string[] = [];
  const unattended: boolean[] = [];

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const issuer = {
    origin,
    clientId: "ledger",
    clientSecret: "s3cret/with+odd:characters",
    actions,
    seen,
    /** Of each introspection, whether it was no use. */
    unattended,
    /** The session that the issuer knows, changed by tests as they like. */
    session: {
      sid: "S-41128",
      active: true,
      scope: "read",
      sub: "usr_7QK2M9",
      subject_name: "Jane Ashdown",
      account: "acc_91TLWF",
      account_name: "Tallowfield Clinics",
      actor: "Teodora Quill",
      startedAt: Date.now(),
      minutes: 30,
      ended: {} as Record<string, unknown>,
      /** What introspection says of going on to acting. */
      acting: undefined as unknown,
    },
    /** `hold` never answers, `fail` answers 503. */
    mood: "well" as "well" | "hold" | "fail",
    refuse: null as string | null,
    /** A route of which it takes no line, and so no batch. */
    declines: null as string | null,
    claims: {} as JWTPayload,
    signWithForeignKey: false,
    /** Runs while an introspection waits for its answer. */
    duringIntrospection: null as (() => void) | null,
    end(cause: string, more: Record<string, unknown> = {}) {
      const at = new Date().toISOString();
      issuer.session.active = false;
      issuer.session.ended = { ended_cause: cause, ended_at: at, ...more };
    },
    mintToken,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };

  function expiresAt(): number {
    return Math.floor(issuer.session.startedAt / 1000) + issuer.session.minutes * 60;
  }

  async function mintToken(): Promise<string> {
    const { sid, sub, scope, account, startedAt } = issuer.session;
    return new SignJWT({
      iss: origin,
      aud: audience,
      client_id: "ledger",
      sub,
      act: { sub: "staff_1", name: issuer.session.actor },
      sid,
      scope,
      account,
      reason_category: "bug",
      jti: crypto.randomUUID(),
      iat: Math.floor(startedAt / 1000),
      exp: expiresAt(),
      ...issuer.claims,
    })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "test" })
      .sign(issuer.signWithForeignKey ? foreign.privateKey : keys.privateKey);
  }

  function inactive() {
    const { sid, startedAt, minutes, subject_name } = issuer.session;
    const { ended } = issuer.session;
    return {
      sid,
      started_at: new Date(startedAt).toISOString(),
      minutes,
      subject_name,
      return_url: `${origin}/sessions/${sid}`,
      again_url: `${origin}/customers/1/start?again=2`,
      ...ended,
    };
  }

  function introspection(): Record<string, unknown> {
    const { session } = issuer;
    if (!session.active) return { active: false, ...inactive() };
    return {
      active: true,
      iss: origin,
      aud: audience,
      client_id: "ledger",
      sub: session.sub,
      act: { sub: "staff_1", name: session.actor },
      sid: session.sid,
      scope: session.scope,
      account: session.account,
      account_name: session.account_name,
      subject_name: session.subject_name,
      environment: "demo",
      reason_category: "bug",
      reason_label: "Reproduce a fault",
      ticket: "SUP-4821",
      iat: Math.floor(session.startedAt / 1000),
      exp: expiresAt(),
      jti: "j",
      server_time: new Date().toISOString(),
      idle_at: expiresAt(),
      started_at: Math.floor(session.startedAt / 1000),
      session_url: `${origin}/sessions/${session.sid}`,
      token_type: "Bearer",
      ...(session.acting !== undefined && { acting: session.acting }),
    };
  }

  async function answer(request: IncomingMessage, body: string): Promise<Reply> {
    const url = new URL(request.url ?? "/", origin);
    if (url.pathname === "/.well-known/oauth-authorization-server") {
      return {
        status: 200,
        body: {
          issuer: origin,
          authorization_endpoint: `${origin}/oauth/authorize`,
          token_endpoint: `${origin}/oauth/token`,
          introspection_endpoint: `${origin}/oauth/introspect`,
          jwks_uri: `${origin}/.well-known/jwks.json`,
        },
      };
    }
    if (url.pathname === "/.well-known/jwks.json") return { status: 200, body: { keys: [jwk] } };
    if (url.pathname === "/oauth/authorize") {
      const code = crypto.randomUUID();
      codes.set(code, url.searchParams.get("code_challenge") ?? "");
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      const state = url.searchParams.get("state") ?? "";
      back.search = `${new URLSearchParams({ code, state, iss: origin })}`;
      return { status: 302, location: back.href };
    }
    const [id, secret] = basic(request);
    if (id !== "ledger" || secret !== issuer.clientSecret) return { status: 401, body: {} };
    if (url.pathname === "/oauth/token") return token(new URLSearchParams(body));
    if (url.pathname === "/oauth/introspect") {
      issuer.duringIntrospection?.();
      unattended.push(new URLSearchParams(body).get("unattended") === "true");
      return { status: 200, body: introspection() };
    }
    if (url.pathname.endsWith("/actions")) return record(body);
    if (url.pathname.endsWith("/look")) {
      if (!issuer.session.active) return { status: 200, body: { active: false, ...inactive() } };
      issuer.session.scope = "read";
      return { status: 200, body: { active: true, scope: "read" } };
    }
    if (url.pathname.endsWith("/end")) {
      issuer.end("actor");
      return {
        status: 200,
        body: { ended: true, return_url: `${origin}/customers/${issuer.session.sub}` },
      };
    }
    return { status: 404, body: {} };
  }

  async function token(form: URLSearchParams): Promise<Reply> {
    const code = form.get("code") ?? "";
    const challenge = codes.get(code);
    codes.delete(code);
    const digest = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(form.get("code_verifier") ?? ""),
    );
    if (challenge !== Buffer.from(digest).toString("base64url"))
      return { status: 400, body: { error: "invalid_grant" } };
    return { status: 200, body: { access_token: await mintToken(), token_type: "Bearer" } };
  }

  function record(body: string): Reply {
    const { actions: sent } = JSON.parse(body) as { actions: Received[] };
    if (sent.some(({ route }) => route === issuer.declines)) return { status: 400, body: {} };
    const { active } = issuer.session;
    for (const action of sent) {
      const again = actions.some(({ id, phase }) => id === action.id && phase === action.phase);
      if (!again) actions.push(action);
    }
    const accepted = sent.map(({ id }) =>
      issuer.refuse || !active
        ? { id, accepted: false, reason: issuer.refuse ?? "ended" }
        : { id, accepted: true },
    );
    const server_time = new Date().toISOString();
    return { status: 200, body: { active, server_time, accepted, ...(!active && inactive()) } };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    seen.push(request.url ?? "");
    if (issuer.mood === "hold") return;
    const reply: Reply =
      issuer.mood === "fail" ? { status: 503, body: {} } : await answer(request, body);
    response.writeHead(reply.status, {
      "content-type": "application/json",
      ...(reply.location && { location: reply.location }),
    });
    response.end(JSON.stringify(reply.body ?? {}));
  }

  return issuer;
}

function basic(request: IncomingMessage): [string, string] {
  const coded = (request.headers.authorization ?? "").replace("Basic ", "");
  const [id = "", secret = ""] = Buffer.from(coded, "base64").toString().split(":");
  return [decodeURIComponent(id), decodeURIComponent(secret)];
}

export type TestIssuer = Awaited<ReturnType<typeof startIssuer>>;
