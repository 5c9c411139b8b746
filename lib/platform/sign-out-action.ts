"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { isOwnOrigin } from "./request.ts";
import { currentStaff } from "./require-staff.ts";
import { cookieName, cookieOptions } from "./session-cookie.ts";
import { signOutWhole } from "./sign-out.ts";

/** The form action of "Sign out", on any page: ends the sign-in and what stands on it, then forgets the cookie. */
export async function signOutAction(): Promise<void> {
  if (!isOwnOrigin(await headers())) redirect("/");
  const current = await currentStaff();
  if (current.ctx) await signOutWhole(current.ctx);
  // Deleted with the attributes it was set with: `__Host-` is not dropped otherwise.
  (await cookies()).set(cookieName("session-token"), "", { ...cookieOptions(), maxAge: 0 });
  redirect("/sign-in?because=signed_out");
}
