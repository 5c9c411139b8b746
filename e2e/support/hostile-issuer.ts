import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { freePort } from "#db/embedded/port.ts";

/** What the next answers say that is not as it should be; a test sets it and sets it back. */
export type Lies = {
  /** Over the ID token's claims; undefined leaves one out. */
  claims?: JWTPayload;
  header?: { alg?: string; typ?: string };
  /** Signed by a key that is not in its key set. */
  anotherKey?: boolean;
  /** Over what it says of itself. */
  metadata?: Record<string, unknown>;
  /** The answer of its token endpoint. */
  tokenAnswer?: { status: number; body: unknown };
  /** Added to its redirect back. */
  redirect?: Record<string, string>;
  userinfo?: Record<string, unknown>;
};

export type HostileIssuer = {
  url: string;
  lies: Lies;
  /** Whom it signs in, without asking anybody. */
  person: JWTPayload;
  /** A token signed by its key, or by another. */
  sign: (
    payload: JWTPayload,
    header?: { alg?: string; typ?: string },
    another?: boolean,
  ) => Promise<string>;
  asked: URLSearchParams[];
  stop: () => Promise<void>;
};

/** An issuer that speaks the protocol, but whose answers are what a test makes of them. */
export async function startHostileIssuer(clientId: string): Promise<HostileIssuer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [right, wrong] = [await generateKeyPair("ES256"), await generateKeyPair("ES256")];
  const jwk = { ...(await exportJWK(right.publicKey)), kid: "1", alg: "ES256", use: "sig" };
  const nonces = new Map<string, string>();
  const issuer: HostileIssuer = {
    url,
    lies: {},
    person: {},
    asked: [],
    sign: (payload, header = {}, another = false) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: "ES256", kid: "1", ...header })
        .sign(another ? wrong.privateKey : right.privateKey),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const metadata = () => ({
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
    userinfo_endpoint: `${url}/userinfo`,
    ...issuer.lies.metadata,
  });
  const authorize = (asked: URLSearchParams) => {
    issuer.asked.push(asked);
    const code = randomBytes(12).toString("hex");
    nonces.set(code, asked.get("nonce") ?? "");
    const back = new URL(asked.get("redirect_uri") ?? url);
    const answer = { code, state: asked.get("state") ?? "", ...issuer.lies.redirect };
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    return back.href;
  };
  const token = async (code: string) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: clientId, iat: now, exp: now + 300, nonce: nonces.get(code) };
    const { header, anotherKey, claims: lies } = issuer.lies;
    const payload = { ...claims, ...issuer.person, ...lies };
    return { access_token: "opaque", token_type: "Bearer", id_token: await signed(payload) };
    async function signed(all: JWTPayload): Promise<string> {
      if (header?.alg !== "none") return issuer.sign(all, header, anotherKey);
      const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
      return `${part({ alg: "none" })}.${part(all)}.`;
    }
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = new URL(request.url ?? "/", url);
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    switch (asked.pathname) {
      case "/.well-known/openid-configuration":
        return json(metadata());
      case "/jwks":
        return json({ keys: [jwk] });
      case "/authorize":
        return response.writeHead(302, { location: authorize(asked.searchParams) }).end();
      case "/token": {
        let body = "";
        for await (const chunk of request) body += String(chunk);
        const { tokenAnswer } = issuer.lies;
        if (tokenAnswer) return json(tokenAnswer.body, tokenAnswer.status);
        return json(await token(new URLSearchParams(body).get("code") ?? ""));
      }
      case "/userinfo":
        return json({ sub: issuer.person.sub, ...issuer.lies.userinfo });
      default:
        return response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  return issuer;
}
