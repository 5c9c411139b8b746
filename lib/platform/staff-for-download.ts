import { freshToTakeOut } from "#lib/evidence/fresh.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Permission } from "#lib/staff/rights.ts";
import { problem } from "./api.ts";
import { staffForPoll } from "./require-staff.ts";

type Download = {
  permission: Permission;
  /** What is taken out, for the record: “pack”. */
  kind: string;
  /** The page with its button: whoever has to sign in again comes back there. */
  page: string;
};

/** Who downloads evidence, with the permission and a sign-in as fresh as the policy wants for an export; else the answer. */
export async function staffForDownload({
  permission,
  kind,
  page,
}: Download): Promise<{ ctx: Ctx<StaffActor> } | { ctx: null; answer: Response }> {
  const staff = await staffForPoll(permission);
  if (!staff.ok) return { ctx: null, answer: problem(403, "Not allowed", staff.error.message) };
  const fresh = await freshToTakeOut(staff.value, kind);
  if (fresh.ok) return { ctx: staff.value };
  const location = `/sign-in/again?${new URLSearchParams({ from: page, for: "download" })}`;
  const headers = { location, "cache-control": "no-store" };
  return { ctx: null, answer: new Response(null, { status: 303, headers }) };
}
