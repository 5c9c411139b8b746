import { notFound } from "next/navigation";
import { cache } from "react";
import { openAccount, openSubject } from "#lib/directory/open.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import type { Permission } from "#lib/staff/rights.ts";

/** Next leaves some signs of an address encoded, such as a colon. What cannot be decoded is no id. */
function idIn(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What the page says in words; all else is as if nobody were there. */
const isTold = ({ code }: Refusal): boolean => code === "too_often" || code === "out_of_your_reach";

/** The person of the address, once per request: opening one is an entry. Unknown and forbidden answer alike. */
export const openedSubject = cache(async (permission: Permission, id: string) => {
  const ctx = await requireStaff(permission);
  const opened = await openSubject(ctx, idIn(id));
  if (opened.ok) return { ok: true as const, ctx, subject: opened.value };
  if (!isTold(opened.error)) notFound();
  return { ok: false as const, error: opened.error };
});

/** The same for an account. */
export const openedAccount = cache(async (id: string) => {
  const ctx = await requireStaff("open_subject");
  const opened = await openAccount(ctx, idIn(id));
  if (opened.ok) return { ok: true as const, ctx, account: opened.value };
  if (!isTold(opened.error)) notFound();
  return { ok: false as const, error: opened.error };
});
