import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { signInHours } from "#lib/staff/rules.ts";
import { env } from "./env.ts";

/** Seconds; the sign-in's own row is what ends it. */
export const sessionMaxAge = signInHours * 3600;

export const isHttps = (): boolean => env().ALONGSIDE_URL.startsWith("https:");

/** `__Host-` needs https: over http browsers would drop the cookie. */
export const cookieName = (name: string): string =>
  `${isHttps() ? "__Host-" : ""}next-auth.${name}`;

export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps() }) as const;

/** All that the cookie holds (DESIGN §8). */
const content = z.object({ signInId: z.uuid(), exp: z.int() });

/** The cookie of a sign-in that is in the database, as next-auth would set it; tests sign in by it. */
export async function mintSessionCookie(
  signInId: string,
): Promise<{ name: string; value: string }> {
  const value = await encode({
    token: { signInId },
    secret: env().NEXTAUTH_SECRET,
    maxAge: sessionMaxAge,
  });
  return { name: cookieName("session-token"), value };
}

/** The sign-in that a cookie's value names; null when it is not ours, broken or over. */
export async function signInIdIn(value: string | undefined): Promise<string | null> {
  if (!value) return null;
  const known = opened.get(value);
  if (known && known.exp * 1000 > Date.now()) return known.signInId;
  opened.delete(value);
  try {
    const token = await decode({ token: value, secret: env().NEXTAUTH_SECRET });
    const held = content.parse(token);
    if (opened.size >= mostOpened) opened.clear();
    opened.set(value, held);
    return held.signInId;
  } catch {
    return null;
  }
}

/**
 * Cookies of ours that were opened before, which never open to anything else: next-auth derives its key anew for each,
 * and that costs as much as a read. Whether the sign-in still holds is asked of its row all the same.
 */
const opened = new Map<string, z.infer<typeof content>>();
const mostOpened = 1000;
