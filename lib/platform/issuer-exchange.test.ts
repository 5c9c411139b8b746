import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "#db/embedded/port.ts";
import { redeemCode } from "./issuer-exchange.ts";
import { readIssuer } from "./issuer-metadata.ts";
import type { SignOn } from "./sign-on-settings.ts";

const path = "/realms/acme";
const secret = "s=cret+with/all &that: is encoded";
/** The one way in which the issuer takes our secret, and what it says that it takes. */
let takes: "basic" | "post" = "basic";
let offered: string[] | undefined;
const asked: string[] = [];
let server: Server;
let origin: string;

/** An issuer that lives under a path, with nothing beside it. */
async function listen(port: number): Promise<void> {
  server = createServer(async (request, response) => {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === `${path}/.well-known/openid-configuration`) return json(200, metadata());
    if (request.url !== `${path}/token`) return json(404, {});
    const way = wayOf(request, new URLSearchParams(await textOf(request)));
    asked.push(String(way));
    return way === takes
      ? json(200, { id_token: "an.id.token" })
      : json(401, { error: "invalid_client" });
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  origin = `http://127.0.0.1:${port}`;
}
const stop = () =>
  new Promise<void>((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
beforeAll(async () => listen(await freePort()));
afterAll(stop);

const metadata = () => ({
  issuer: origin + path,
  authorization_endpoint: `${origin}${path}/authorize`,
  token_endpoint: `${origin}${path}/token`,
  jwks_uri: `${origin}${path}/jwks`,
  ...(offered && { token_endpoint_auth_methods_supported: offered }),
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** How somebody proved to be the client, if they did. */
function wayOf({ headers }: IncomingMessage, body: URLSearchParams): "basic" | "post" | null {
  if (body.get("client_id") === "alongside" && body.get("client_secret") === secret) return "post";
  const [, given = ""] = /^Basic (.+)$/.exec(headers.authorization ?? "") ?? [];
  const pair = Buffer.from(given, "base64").toString().split(":");
  const decoded = pair.map((part) => decodeURIComponent(part.replaceAll("+", " ")));
  return decoded[0] === "alongside" && decoded[1] === secret ? "basic" : null;
}

const signOn = (issuer: string): SignOn => ({
  issuer,
  clientId: "alongside",
  clientSecret: secret,
  name: null,
  scope: "openid",
  trustsEmail: false,
  groupsClaim: "groups",
});

describe("an issuer under a path", () => {
  it("is found there, with or without a slash at the end", async () => {
    for (const written of [origin + path, `${origin}${path}/`])
      expect((await readIssuer(signOn(written), true))?.metadata.issuer).toBe(origin + path);
  });

  it("is not another one of the same host", async () => {
    for (const written of [origin, `${origin}/realms`, `${origin}/realms/other`])
      expect(await readIssuer(signOn(written), true)).toBeNull();
  });

  it("is known to be down, and to be back", async () => {
    const written = signOn(origin + path);
    expect(await readIssuer(written, true)).not.toBeNull();
    const { port } = new URL(origin);
    await stop();
    expect(await readIssuer(written, true)).toBeNull();
    await listen(Number(port));
    expect(await readIssuer(written, true)).not.toBeNull();
  });
});

describe("the secret", () => {
  const redeem = async () => {
    asked.length = 0;
    const issuer = await readIssuer(signOn(origin + path), true);
    if (!issuer) throw new Error("No issuer");
    const exchange = { code: "c", codeVerifier: "v", redirectUri: "http://localhost/back" };
    return redeemCode(signOn(origin + path), issuer.metadata, exchange);
  };

  it.each([
    ["basic", undefined, ["basic"]],
    ["post", ["client_secret_post"], ["post"]],
    ["post", ["private_key_jwt", "client_secret_post", "client_secret_basic"], ["basic", "post"]],
    ["basic", ["client_secret_post", "client_secret_basic"], ["basic"]],
  ] as const)("goes by %s where %o is offered", async (way, methods, ways) => {
    [takes, offered] = [way, methods && [...methods]];
    expect(await redeem()).toMatchObject({ id_token: "an.id.token" });
    expect(asked).toEqual(ways);
  });

  it("waits for nobody where the issuer stops between its answer and the exchange", async () => {
    const issuer = await readIssuer(signOn(origin + path), true);
    if (!issuer) throw new Error("No issuer");
    const { port } = new URL(origin);
    await stop();
    const exchange = { code: "c", codeVerifier: "v", redirectUri: "http://localhost/back" };
    await expect(
      redeemCode(signOn(origin + path), issuer.metadata, exchange),
    ).rejects.toMatchObject({ why: "issuer_down" });
    await listen(Number(port));
  });

  it("that is not known in any way is a wrong set-up", async () => {
    [takes, offered] = ["post", ["client_secret_basic"]];
    await expect(redeem()).rejects.toMatchObject({ why: "misconfigured" });
  });
});
