import { clearCookie, readCookie, setCookie } from "./cookies.ts";
import { openState, randomId, sealState, sha256 } from "./crypto.ts";
import { Declined, type IssuerClient, Unreachable } from "./issuer.ts";
import type { Settings } from "./options.ts";
import { ownPath } from "./page.ts";
import { Malformed } from "./parse.ts";
import type { Sessions } from "./sessions.ts";

export class LoginProblem extends Error {
  override name = "LoginProblem";
}

const stateSeconds = 300;
const sessionSeconds = 12 * 60 * 60;

/** The way in: from Alongside's link to a session of the product. */
export function login(settings: Settings, issuer: IssuerClient, sessions: Sessions) {
  const redirectUri = `${settings.publicUrl}${settings.basePath}/callback`;

  return {
    /** `GET login?iss=…&login_hint=…`: sends the browser on to authorize. @throws LoginProblem */
    async start(request: Request): Promise<Response> {
      const { searchParams: query } = new URL(request.url);
      if (query.get("iss") !== settings.issuer) throw new LoginProblem("another issuer");
      const state = randomId();
      const verifier = randomId();
      const target = ownPath(query.get("target_link_uri"), settings.publicUrl);
      const url = await issuer.authorizeUrl({
        response_type: "code",
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        state,
        code_challenge: await sha256(verifier),
        code_challenge_method: "S256",
        ...(query.get("login_hint") && { login_hint: query.get("login_hint") ?? "" }),
      });
      const content = { state, verifier, target };
      const sealed = await sealState(content, settings.clientSecret, settings.now());
      return redirect(url.href, [setCookie("state", sealed, stateSeconds, settings)]);
    },

    /** `GET callback?code=…&state=…&iss=…`: opens a session of its own. @throws LoginProblem */
    async finish(request: Request): Promise<Response> {
      const { searchParams: query } = new URL(request.url);
      const sealed = readCookie(request.headers, "state", settings);
      const begun = sealed && (await openState(sealed, settings.clientSecret, settings.now()));
      if (!begun || query.get("state") !== begun.state)
        throw new LoginProblem("this sign-in did not begin in this browser, or too long ago");
      if (query.get("iss") !== settings.issuer)
        throw new LoginProblem("the answer came from another issuer");
      const code = query.get("code");
      if (!code) throw new LoginProblem(`Alongside answered ${query.get("error") ?? "nothing"}`);

      const { token, claims } = await issuer
        .exchange(code, begun.verifier, redirectUri)
        .catch((error: unknown) => {
          throw asProblem(error);
        });
      const answer = await issuer.introspect(token);
      if (!answer.active) throw new LoginProblem("the session has ended meanwhile");
      if (answer.details.sid !== claims.sid || answer.details.subject.id !== claims.subject)
        throw new LoginProblem("token and session differ");

      const before = readCookie(request.headers, "session", settings);
      const replaced = before && (await sessions.find(before));
      if (replaced) await sessions.drop(replaced);
      const clockOffset = answer.serverTime - settings.now();
      const id = await sessions.create({ token, details: answer.details, clockOffset });
      return redirect(begun.target, [
        clearCookie("state", settings),
        setCookie("session", id, sessionSeconds, settings),
      ]);
    },
  };
}

/** A wrong token or a refused code is the end of this login; no answer, also about the keys, is not. */
function asProblem(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_JWKS_TIMEOUT")
    return new Unreachable("no answer about the keys", { cause: error });
  const wrong = error instanceof Declined || error instanceof Malformed || code.startsWith("ERR_J");
  return wrong ? new LoginProblem("the token was refused", { cause: error }) : error;
}

export function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
