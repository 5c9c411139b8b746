import { cookies, headers } from "next/headers";
import NextAuth, { type NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { idSchema } from "#lib/kernel/ids.ts";
import { readSignIn } from "#lib/staff/read-sign-in.ts";
import { signIn } from "#lib/staff/sign-in.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";
import { anonymousCtx } from "./request.ts";
import { cookieName, cookieOptions, sessionMaxAge, signInIdIn } from "./session-cookie.ts";
import { signOutWhole } from "./sign-out.ts";

/**
 * next-auth 4, kept behind this folder so that it can be replaced. Its JWT holds the id of a row of
 * `staff_sign_ins` and nothing else; `require-staff.ts` reads that row on each request.
 */
export function authOptions(): NextAuthOptions {
  const options = cookieOptions();
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
    },
    providers: env().DEMO ? [demoPersona()] : [],
    callbacks: {
      jwt: ({ token, user }) => ({ signInId: user ? user.id : token.signInId }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//") ? baseUrl + url : baseUrl,
    },
    events: { signOut: ({ token }) => endSignInOf(token.signInId) },
    logger: {
      error: (code) => log().error({ code }, "next-auth"),
      warn: (code) => log().warn({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

type Segments = { params: Promise<{ nextauth: string[] }> };

/** next-auth's endpoints under `/api/auth/`. */
export const authHandler = (request: Request, segments: Segments): Promise<Response> => {
  // It takes its own address from the environment only; ours is the issuer, never the Host header.
  process.env.NEXTAUTH_URL = env().ALONGSIDE_URL;
  return NextAuth(authOptions())(request, segments);
};

/** People of the demo, without passwords: exists only in demo mode. */
const demoPersona = () =>
  Credentials({
    id: "persona",
    name: "Demo persona",
    credentials: { staffId: { label: "Person", type: "text" } },
    async authorize(credentials) {
      const staffId = idSchema.safeParse(credentials?.staffId);
      const result = staffId.success
        ? await signIn(anonymousCtx(await headers()), { staffId: staffId.data, how: "persona" })
        : null;
      if (result?.ok) {
        await endBefore();
        return { id: result.value.signInId };
      }
      // next-auth puts the message into the address of the sign-in page: a code, never a sentence.
      const why = result?.error.detail?.why;
      throw new Error(typeof why === "string" ? why : "unknown");
    },
  });

/** Somebody was signed in by this browser before: that sign-in ends, it is not left lying open. */
async function endBefore(): Promise<void> {
  const cookie = (await cookies()).get(cookieName("session-token"));
  await endSignInOf(await signInIdIn(cookie?.value));
}

async function endSignInOf(signInId: unknown): Promise<void> {
  const id = idSchema.safeParse(signInId);
  const ctx = anonymousCtx(await headers());
  const read = id.success ? await readSignIn(ctx.db, id.data, false) : null;
  if (read?.ok) await signOutWhole({ ...ctx, actor: read.actor });
}
