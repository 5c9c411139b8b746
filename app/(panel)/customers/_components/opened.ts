import { notFound } from "next/navigation";
import { cache } from "react";
import { openAccount, openSubject } from "#lib/directory/open.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import type { Permission } from "#lib/staff/rights.ts";

/** The person of the address, once per request: opening one is an entry. Unknown and forbidden answer alike. */
export const openedSubject = cache(async (permission: Permission, id: string) => {
  const ctx = await requireStaff(permission);
  const opened = await openSubject(ctx, decodeURIComponent(id));
  if (!opened.ok) notFound();
  return { ctx, subject: opened.value };
});

/** The same for an account. */
export const openedAccount = cache(async (id: string) => {
  const ctx = await requireStaff("open_subject");
  const opened = await openAccount(ctx, decodeURIComponent(id));
  if (!opened.ok) notFound();
  return { ctx, account: opened.value };
});
