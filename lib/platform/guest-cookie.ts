import { cookies } from "next/headers";
import { cookieOptions, isHttps } from "./session-cookie.ts";

/** Beside the staff's cookie and never instead of it: a browser may hold both, and each opens its own pages. */
const guestCookieName = (): string => `${isHttps() ? "__Host-" : ""}alongside.guest`;

/** The secret that a guest's browser holds; null when there is none. */
export async function guestSecret(): Promise<string | null> {
  const value = (await cookies()).get(guestCookieName())?.value;
  return value && /^[\w-]{43}$/.test(value) ? value : null;
}

export async function setGuestCookie(secret: string, expiresAt: Date): Promise<void> {
  (await cookies()).set(guestCookieName(), secret, { ...cookieOptions(), expires: expiresAt });
}

export async function clearGuestCookie(): Promise<void> {
  (await cookies()).set(guestCookieName(), "", { ...cookieOptions(), maxAge: 0 });
}
