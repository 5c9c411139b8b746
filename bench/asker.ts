import { searchSubjects } from "#lib/directory/search.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { busyAgent } from "./data/met.ts";

export type Asker = (q: string) => ReturnType<typeof searchSubjects>;
export type Answer = Awaited<ReturnType<Asker>>;

/** Searches as the panel does for an agent, whose and whose team's work comes first. */
export function askerOf(db: Ctx["db"]): Asker {
  const actor: StaffActor = {
    kind: "staff",
    id: busyAgent.id,
    name: "Bench",
    email: "bench@alongside.test",
    roles: ["agent"],
    team: busyAgent.team,
    zone: "UTC",
    signInId: newId(),
    authTime: null,
    acr: null,
  };
  const ctx = { db, actor, ip: null, userAgent: "bench", requestId: newId() };
  return (q) => searchSubjects(ctx, { q });
}
