import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { askingMaxAge } from "./auth.ts";
import { env } from "./env.ts";
import { cookieName, cookieOptions } from "./session-cookie.ts";

/** What this browser keeps of a renewal under way, sealed: whose it is, which answer it waits for, since when. */
const kept = z.object({
  signInId: z.uuid(),
  state: z.string().min(1),
  /** Milliseconds. */
  begunAt: z.number(),
  acr: z.string().nullable(),
  from: z.string(),
});
export type Renewal = z.infer<typeof kept>;

const name = () => cookieName("renewal");
// Another key than that of the session's cookie: neither opens as the other.
const salt = "renewal";

export async function keepRenewal(renewal: Renewal): Promise<void> {
  const { NEXTAUTH_SECRET: secret } = env();
  const value = await encode({ token: renewal, secret, salt, maxAge: askingMaxAge });
  (await cookies()).set(name(), value, { ...cookieOptions(), maxAge: askingMaxAge });
}

/** The renewal that this browser began and that this answer is for; null where it is for something else. */
export async function renewalOf(state: string | null): Promise<Renewal | null> {
  const value = (await cookies()).get(name())?.value;
  if (!value || state === null) return null;
  try {
    const token = await decode({ token: value, secret: env().NEXTAUTH_SECRET, salt });
    const renewal = kept.parse(token);
    return renewal.state === state ? renewal : null;
  } catch {
    return null;
  }
}

export async function forgetRenewal(): Promise<void> {
  (await cookies()).set(name(), "", { ...cookieOptions(), maxAge: 0 });
}
