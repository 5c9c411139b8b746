import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { readLogoutHint } from "#lib/staff/read-logout-hint.ts";
import { env } from "./env.ts";
import { readIssuer } from "./issuer-metadata.ts";
import { sessionMaxAge } from "./session-cookie.ts";

const salt = "id token of a sign-in";
/** Longer, and an address with it is one that servers refuse. */
const longest = 6_000;

/** An ID token as it is kept: encrypted, so that who reads the database does not read whom it names. */
export async function sealIdToken(idToken: string): Promise<string | null> {
  if (idToken.length > longest) return null;
  const secret = env().NEXTAUTH_SECRET;
  return encode({ token: { idToken }, secret, salt, maxAge: sessionMaxAge });
}

async function openIdToken(sealed: string | null): Promise<string | null> {
  if (!sealed) return null;
  try {
    const token = await decode({ token: sealed, secret: env().NEXTAUTH_SECRET, salt });
    return z.object({ idToken: z.string() }).parse(token).idToken;
  } catch {
    return null;
  }
}

/** Where a sign-out leads: to the page that says so, or past the issuer, whose own session ends too. */
export async function afterSignOut(db: Reader, signInId: string): Promise<string> {
  const { signOn } = env();
  const hint = await readLogoutHint(db, signInId);
  if (!signOn || !hint) return here;
  const issuer = await readIssuer(signOn);
  if (!issuer) return "/sign-in?because=signed_out_here";
  const { issuer: name, end_session_endpoint: endpoint } = issuer.metadata;
  if (!endpoint || name !== hint.issuer) return here;
  return endSessionAddress(endpoint, signOn.clientId, await openIdToken(hint.idToken));
}

const here = "/sign-in?because=signed_out";

/** OpenID Connect RP-Initiated Logout 1.0, section 2. What is registered as the way back is the sign-in page. */
function endSessionAddress(endpoint: string, clientId: string, idToken: string | null): string {
  const url = new URL(endpoint);
  if (idToken) url.searchParams.set("id_token_hint", idToken);
  url.searchParams.set("client_id", clientId);
  const back = `${new URL(env().ALONGSIDE_URL).origin}/sign-in`;
  url.searchParams.set("post_logout_redirect_uri", back);
  url.searchParams.set("state", "signed_out");
  return url.href;
}
