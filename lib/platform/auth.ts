import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { AnonymousActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { safePath } from "#lib/kernel/return-path.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import { signIn } from "#lib/staff/sign-in.ts";
import { hasPersonas } from "./demo.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";
import { anonymousCtx } from "./request.ts";
import { cookieName, cookieOptions, sessionMaxAge, signInIdIn } from "./session-cookie.ts";
import { signOutWhole } from "./sign-out.ts";

/** Seconds between the way to the issuer and back. */
export const askingMaxAge = 15 * 60;

/**
 * next-auth 4, kept behind this folder so that it can be replaced. Its JWT holds the id of a row of
 * `staff_sign_ins` and nothing else; `require-staff.ts` reads that row on each request.
 */
export function authOptions(): NextAuthOptions {
  const options = cookieOptions();
  const asking = { ...options, maxAge: askingMaxAge };
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionMaxAge },
    jwt: { maxAge: sessionMaxAge },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    useSecureCookies: options.secure,
    cookies: {
      sessionToken: { name: cookieName("session-token"), options },
      callbackUrl: { name: cookieName("callback-url"), options },
      csrfToken: { name: cookieName("csrf-token"), options },
      state: { name: cookieName("state"), options: asking },
      pkceCodeVerifier: { name: cookieName("pkce"), options: asking },
      nonce: { name: cookieName("nonce"), options: asking },
    },
    providers: hasPersonas() ? [demoPersona()] : [],
    callbacks: {
      jwt: ({ token, user }) => ({ signInId: user ? user.id : token.signInId }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => baseUrl + safePath(pathOf(url, baseUrl)),
    },
    logger: {
      error: (code) => log().error({ code }, "next-auth"),
      warn: (code) => log().warn({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

/** It keeps whole addresses in its cookie, which any neighbour on this host may have written. */
function pathOf(url: string, baseUrl: string): string {
  const own = URL.parse(url, baseUrl);
  return own?.origin === baseUrl ? own.pathname + own.search + own.hash : "/";
}

/** People of the demo, without passwords: exists only in demo mode. */
const demoPersona = () =>
  Credentials({
    id: "persona",
    name: "Demo persona",
    credentials: { staffId: { label: "Person", type: "text" } },
    async authorize(credentials) {
      const staffId = idSchema.safeParse(credentials?.staffId);
      const ctx = anonymousCtx(await headers());
      const result = staffId.success
        ? await signIn(ctx, { staffId: staffId.data, how: "persona" })
        : null;
      if (result?.ok) {
        await endBefore(ctx);
        return { id: result.value.signInId };
      }
      // next-auth puts the message into the address of the sign-in page: a code, never a sentence.
      const why = result?.error.detail?.why;
      throw new Error(typeof why === "string" ? why : "unknown");
    },
  });

/** Somebody was signed in by this browser before: that sign-in ends, it is not left lying open. */
export async function endBefore(ctx: Ctx<AnonymousActor>): Promise<void> {
  const cookie = (await cookies()).get(cookieName("session-token"));
  const id = await signInIdIn(cookie?.value);
  const read = id ? await readSignIn(ctx.db, id, false) : null;
  if (read?.ok) await signOutWhole({ ...ctx, actor: read.actor });
}
