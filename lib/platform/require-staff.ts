import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { recordRefusal } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Refusal, Result } from "#lib/kernel/result.ts";
import { withoutToken } from "#lib/requests/links.ts";
import { readSignIn, type SignInRead } from "#lib/staff/read-sign-in.ts";
import { may, type Permission } from "#lib/staff/rights.ts";
import { activityHeader, anonymousCtx, pathHeader } from "./request.ts";
import { cookieName, signInIdIn } from "./session-cookie.ts";

export type CurrentStaff = { ctx: Ctx<StaffActor> } | { ctx: null; read: NotSignedIn };
type NotSignedIn = Extract<SignInRead, { ok: false }> | null;

/** Who is signed in, read once per request. A prefetch, a page that reads
 * itself anew, or `activity: false` (polls, streams) is no use of it. */
export const currentStaff = cache(async (activity: boolean = true): Promise<CurrentStaff> => {
  const [sent, jar] = await Promise.all([headers(), cookies()]);
  const signInId = await signInIdIn(jar.get(cookieName("session-token"))?.value);
  if (!signInId) return { ctx: null, read: null };
  const anonymous = anonymousCtx(sent);
  const read = await readSignIn(anonymous.db, signInId, activity && sent.has(activityHeader));
  if (read.ok) return { ctx: { ...anonymous, actor: read.actor } };
  return { ctx: null, read };
});

/**
 * The context of the staff member whose page this is; call it first in every page (a layout is no authorisation).
 * Not signed in: to the sign-in page and back. Without the permission: 403 and an entry.
 */
export async function requireStaff(permission?: Permission): Promise<Ctx<StaffActor>> {
  const current = await currentStaff();
  if (!current.ctx) {
    await noteWithdrawn(current.read);
    redirect(await signInPath(current.read));
  }
  if (permission && !may(current.ctx.actor, permission)) {
    await noteRefused(current.ctx, permission);
    forbidden();
  }
  return current.ctx;
}

/** The same for route handlers that a page polls: a value instead of a redirect, and no activity. */
export async function staffForPoll(permission: Permission): Promise<Result<Ctx<StaffActor>>> {
  const current = await currentStaff(false);
  if (!current.ctx) return { ok: false, error: notSignedIn };
  if (!may(current.ctx.actor, permission)) return { ok: false, error: notAllowed };
  return { ok: true, value: current.ctx };
}

const notSignedIn: Refusal = {
  code: "not_signed_in",
  message: "You are signed out. Sign in in another tab, then try again: what you typed is kept.",
};
const withdrawn: Refusal = {
  code: "not_signed_in",
  message: "You are not let in any more. Nothing was changed. Ask your manager.",
};

/** What an action answers to somebody who is signed in no longer; one whose place was taken away is on record. */
export async function refuseSignedOut(read: NotSignedIn): Promise<Refusal> {
  await noteWithdrawn(read);
  return read?.why === "deactivated" || read?.why === "no_role" ? withdrawn : notSignedIn;
}

export const notAllowed: Refusal = {
  code: "not_allowed",
  message: "Your roles do not let you do this. Nothing was changed.",
};

/** Makes a refusal for want of a permission an entry. */
export async function noteRefused(ctx: Ctx<StaffActor>, permission: Permission): Promise<void> {
  const asked = (await headers()).get(pathHeader)?.split("?")[0];
  const path = asked ? withoutToken(asked) : null;
  const message = `Refused: ${path ?? "an address"} needs the permission ${permission}`;
  await recordRefusal(
    ctx,
    { event: "page.refused", body: { permission, path } },
    { code: "not_allowed", message },
  );
}

/** Somebody whose place was taken away comes back with an old cookie: that is on record too. */
async function noteWithdrawn(read: NotSignedIn): Promise<void> {
  if (read?.why !== "deactivated" && read?.why !== "no_role") return;
  const ctx = anonymousCtx(await headers());
  await recordRefusal(
    { ...ctx, actor: { kind: "system", part: "sign_in" } },
    { event: "page.refused", actorId: read.staffId, body: { name: read.name, why: read.why } },
    { code: "not_signed_in", message: `${read.name} is not let in any more` },
  );
}

async function signInPath(read: NotSignedIn): Promise<string> {
  const query = new URLSearchParams();
  if (read && read.why !== "unknown") query.set("because", read.why);
  const from = (await headers()).get(pathHeader);
  if (from && from !== "/") query.set("from", from);
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in";
}
