import { z } from "zod";
import { askIssuer, type IssuerMetadata } from "./issuer-metadata.ts";
import type { SignOn } from "./sign-on-settings.ts";

/** Why no tokens came: the issuer is down, does not know us by our secret, or does not take the code. */
export class NoTokens extends Error {
  readonly why: "issuer_down" | "misconfigured" | "code_refused";
  constructor(why: NoTokens["why"]) {
    super(why);
    this.name = "NoTokens";
    this.why = why;
  }
}

const tokens = z.object({ id_token: z.string(), access_token: z.string().optional() });
export type IssuerTokens = z.infer<typeof tokens>;
const refusal = z.object({ error: z.string() });

type Exchange = { code: string; codeVerifier: string; redirectUri: string };

/**
 * Redeems a code (RFC 6749, section 4.1.3; RFC 7636). The secret goes the way that the issuer offers first of basic and
 * in the body; when it does not know us so, the other way: how we are registered there, it does not say.
 * @throws NoTokens
 */
export async function redeemCode(
  signOn: SignOn,
  metadata: IssuerMetadata,
  exchange: Exchange,
): Promise<IssuerTokens> {
  const offered = metadata.token_endpoint_auth_methods_supported;
  const ways = (["client_secret_basic", "client_secret_post"] as const).filter((way) =>
    offered.includes(way),
  );
  if (ways.length === 0) ways.push("client_secret_basic");
  for (const way of ways) {
    const answer = await ask(signOn, metadata, exchange, way);
    const body: unknown = await answer.json().catch(() => null);
    if (answer.ok) {
      const read = tokens.safeParse(body);
      if (read.success) return read.data;
      throw new NoTokens("misconfigured");
    }
    const { data } = refusal.safeParse(body);
    if (data?.error === "invalid_client" || answer.status === 401) continue;
    if (answer.status >= 500) throw new NoTokens("issuer_down");
    throw new NoTokens(data?.error === "invalid_grant" ? "code_refused" : "misconfigured");
  }
  throw new NoTokens("misconfigured");
}

async function ask(
  { clientId, clientSecret }: SignOn,
  { token_endpoint }: IssuerMetadata,
  { code, codeVerifier, redirectUri }: Exchange,
  way: "client_secret_basic" | "client_secret_post",
): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  });
  const headers = new Headers({ accept: "application/json" });
  if (way === "client_secret_post") {
    body.set("client_id", clientId);
    body.set("client_secret", clientSecret);
  } else headers.set("authorization", basic(clientId, clientSecret));
  try {
    return await askIssuer(token_endpoint, { method: "POST", headers, body });
  } catch {
    throw new NoTokens("issuer_down");
  }
}

/** Both are form-encoded before they are joined (RFC 6749, section 2.3.1). */
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${encoded(id)}:${encoded(secret)}`).toString("base64")}`;

const encoded = (text: string): string => new URLSearchParams({ x: text }).toString().slice(2);

const person = z.object({
  sub: z.string(),
  email: z.string().max(320).optional().catch(undefined),
  email_verified: z
    .union([z.boolean(), z.literal("true").transform(() => true)])
    .optional()
    .catch(false),
});

/** What the issuer says of the person outside of the ID token (OpenID Connect Core 1.0, section 5.3); null: nothing. */
export async function askUserinfo(
  { userinfo_endpoint }: IssuerMetadata,
  accessToken: string | undefined,
  sub: string,
): Promise<Pick<z.infer<typeof person>, "email" | "email_verified"> | null> {
  if (!userinfo_endpoint || !accessToken) return null;
  try {
    const answer = await askIssuer(userinfo_endpoint, {
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
    });
    const read = person.parse(await answer.json());
    // Section 5.3.2: an answer about somebody else is not used.
    return answer.ok && read.sub === sub ? read : null;
  } catch {
    return null;
  }
}
