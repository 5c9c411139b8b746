"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { noteForeign } from "./foreign.ts";
import { afterSignOut } from "./logout-hint.ts";
import { isOwnOrigin } from "./request.ts";
import { currentStaff } from "./require-staff.ts";
import { cookieName, cookieOptions } from "./session-cookie.ts";
import { signOutWhole } from "./sign-out.ts";

/**
 * The form action of "Sign out", on any page: ends the sign-in and what stands on it, forgets the cookie, then leads
 * past the issuer, where there is one.
 */
export async function signOutAction(): Promise<void> {
  const sent = await headers();
  if (!isOwnOrigin(sent)) {
    await noteForeign(sent);
    redirect("/");
  }
  const { ctx } = await currentStaff();
  // The way past the issuer is read first: the end of a sign-in forgets it.
  const onward = ctx
    ? await afterSignOut(ctx.db, ctx.actor.signInId)
    : "/sign-in?because=signed_out";
  if (ctx) await signOutWhole(ctx);
  // Deleted with the attributes it was set with: `__Host-` is not dropped otherwise.
  (await cookies()).set(cookieName("session-token"), "", { ...cookieOptions(), maxAge: 0 });
  redirect(onward);
}
