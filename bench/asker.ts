import { searchSubjects } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";

export type Asker = (q: string) => ReturnType<typeof searchSubjects>;
export type Answer = Awaited<ReturnType<Asker>>;

/** Searches as the panel does for an agent. */
export function askerOf(db: Ctx["db"]): Asker {
  const actor: StaffActor = {
    kind: "staff",
    id: newId(),
    name: "Bench",
    email: "bench@alongside.test",
    roles: ["agent"],
    team: "Bench",
    zone: "UTC",
    signInId: newId(),
    authTime: null,
    acr: null,
  };
  const ctx = { db, actor, ip: null, userAgent: "bench", requestId: newId() };
  return (q) => searchSubjects(ctx, { q });
}
