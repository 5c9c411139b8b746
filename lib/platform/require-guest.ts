import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { recordRefusal } from "#lib/audit/transact.ts";
import { recordLook, refuseLook } from "#lib/evidence/guests/look.ts";
import type { GuestRefusal } from "#lib/evidence/guests/rules.ts";
import { readVisit, type Visit } from "#lib/evidence/guests/visit.ts";
import type { GuestActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { guestSecret } from "./guest-cookie.ts";
import { activityHeader, anonymousCtx } from "./request.ts";

export type CurrentGuest =
  | { ctx: Ctx<GuestActor>; visit: Visit }
  | { ctx: null; why: GuestRefusal | "none"; guest: { id: string; name: string } | null };

/** Which auditor's browser this is, by their own cookie alone, read once per request. */
export const currentGuest = cache(async (): Promise<CurrentGuest> => {
  const sent = await headers();
  const secret = await guestSecret();
  if (!secret) return { ctx: null, why: "none", guest: null };
  const anonymous = anonymousCtx(sent);
  const read = await readVisit(anonymous.db, secret, sent.has(activityHeader));
  if (!read.ok) return { ctx: null, why: read.why, guest: read.guest };
  return { ctx: { ...anonymous, actor: read.actor }, visit: read.visit };
});

type Guest = Extract<CurrentGuest, { visit: Visit }>;

/** The auditor whose page this is; call it first in every page of theirs. Anybody else is led to the door. */
export const requireGuest = cache(async (): Promise<Guest> => {
  const current = await currentGuest();
  if (current.ctx) return current;
  await noteTurnedAway(current);
  redirect(current.why === "none" ? "/auditor/enter" : `/auditor/enter?because=${current.why}`);
});

/** The same for a handler: null instead of the way to the door. */
export async function guestForHandler(): Promise<Guest | null> {
  const current = await currentGuest();
  if (current.ctx) return current;
  await noteTurnedAway(current);
  return null;
}

/** Makes the look an entry; whatever is answered is one, a prefetch too. */
export async function noteLook(
  { ctx }: Guest,
  ...look: Parameters<typeof recordLook> extends [unknown, ...infer Rest] ? Rest : never
): Promise<void> {
  await recordLook(ctx, ...look);
}

/** Nothing here, or not theirs: answered alike, and on record. */
export async function refuseGuest({ ctx }: Guest, what: string): Promise<never> {
  await refuseLook(ctx, what);
  notFound();
}

/** Whoever comes back with a cookie that was good once is on record by name. */
async function noteTurnedAway(current: Extract<CurrentGuest, { ctx: null }>): Promise<void> {
  const { guest, why } = current;
  if (!guest) return;
  await recordRefusal(
    { ...anonymousCtx(await headers()), actor: { kind: "system", part: "sign_in" } },
    { event: "guest.refused", actorId: guest.id, body: { guest: guest.id, name: guest.name, why } },
    { code: "not_signed_in", message: `${guest.name} is not let in any more: ${why}` },
  );
}
