import { v7 as newId } from "uuid";
import type { Role } from "#lib/vocabulary.ts";
import { entry } from "./entry.ts";
import { inTransaction, type Scene } from "./scene.ts";
import { insert, type Row, update } from "./sql.ts";

/*
 * A staff with every trap that a quarter can hold, and what a careful auditor writes down beside each by hand: which
 * grants of the first quarter of 2026 in Berlin are in its population, and whose they are to review. For tests only.
 */

/** Berlin is an hour before UTC on 1 January and two on 1 April. */
export const quarter = { firstDay: "2026-01-01", lastDay: "2026-03-31" };
export const begins = "2025-12-31T23:00:00.000000Z";
export const ends = "2026-03-31T22:00:00.000000Z";
const since = "2024-06-01T08:00:00.000000Z";

type Right = {
  role: Role;
  from?: string;
  to?: string;
  by?: string;
  looking?: true;
  byCommand?: true;
  /** Held at no moment of the quarter. */
  out?: true;
};
type Trap = {
  rights: Right[];
  manager?: string;
  more?: Row;
  /** Somebody by name, or anybody of these without a conflict. */
  reviewer?: string | { anybody: "other_manager" | "compliance" };
  how?: "manager" | "higher_manager";
};

const agent = (from?: string, to?: string): Right => ({ role: "agent", from, to });
const manager: Right = { role: "manager" };
const out = (right: Right): Right => ({ ...right, out: true });
const gone = (at: string): Row => ({ status: "deactivated", deactivated_at: at });
const other = { anybody: "other_manager" } as const;
/** Whoever is led by the boss is reviewed by the boss. */
const byBoss = { manager: "boss", reviewer: "boss", how: "manager" } as const;

export const traps: Record<string, Trap> = {
  boss: { rights: [manager], reviewer: other },
  "two roles": { ...byBoss, rights: [agent(), manager] },
  leaver: {
    ...byBoss,
    rights: [agent(since, "2026-02-14T10:00:00.000000Z")],
    more: gone("2026-02-14T10:00:00Z"),
  },
  "leaver with the right left": {
    ...byBoss,
    rights: [agent()],
    more: gone("2026-02-14T10:00:00Z"),
  },
  "hired and gone": {
    ...byBoss,
    rights: [agent("2026-02-10T08:00:00.000000Z", "2026-02-20T17:00:00.000000Z")],
    more: gone("2026-02-20T17:00:00Z"),
  },
  "one second": {
    ...byBoss,
    rights: [agent("2026-03-05T12:00:00.000000Z", "2026-03-05T12:00:01.000000Z")],
  },
  "given at the first instant": { ...byBoss, rights: [agent(begins)] },
  "taken at the first instant": { ...byBoss, rights: [out(agent(since, begins))] },
  "taken a moment later": {
    ...byBoss,
    rights: [agent(since, "2025-12-31T23:00:00.000001Z")],
  },
  "taken in the hour of UTC's new year": {
    ...byBoss,
    rights: [agent(since, "2025-12-31T23:30:00.000000Z")],
  },
  "given a moment before the end": { ...byBoss, rights: [agent("2026-03-31T21:59:59.999999Z")] },
  "given at the end": { ...byBoss, rights: [out(agent(ends))] },
  "given in the hour that summer time took": {
    ...byBoss,
    rights: [out(agent("2026-03-31T22:30:00.000000Z"))],
  },
  "taken at the end": { ...byBoss, rights: [agent(since, ends)] },
  "taken after it": { ...byBoss, rights: [agent(since, "2026-05-02T09:00:00.000000Z")] },
  "acting, then looking": {
    ...byBoss,
    rights: [
      agent(since, "2026-02-01T09:00:00.000000Z"),
      { ...agent("2026-02-01T09:00:00.000000Z"), looking: true },
    ],
  },
  "looking, then acting": {
    ...byBoss,
    rights: [
      { ...agent(since, "2026-02-01T09:00:00.000000Z"), looking: true },
      agent("2026-02-01T09:00:00.000001Z"),
    ],
  },
  "taken and given anew": {
    ...byBoss,
    rights: [
      out(agent("2023-01-01T08:00:00.000000Z", "2024-01-01T08:00:00.000000Z")),
      agent(since, "2026-01-20T09:00:00.000000Z"),
      agent("2026-03-01T09:00:00.000000Z"),
    ],
  },
  dormant: { ...byBoss, rights: [agent("2019-01-01T08:00:00.000000Z")] },
  "gone for long": { ...byBoss, rights: [agent()], more: gone("2025-11-01T08:00:00Z") },
  "gone for long, and the right with them": {
    ...byBoss,
    rights: [out(agent(since, "2025-11-01T08:00:00.000000Z"))],
    more: gone("2025-11-01T08:00:00Z"),
  },
  "never any right": { ...byBoss, rights: [] },
  robot: { rights: [agent()], more: { kind: "service" }, reviewer: other },
  "robot that manages": { ...byBoss, rights: [manager], more: { kind: "service" } },
  "led by a robot": {
    rights: [agent()],
    manager: "robot that manages",
    reviewer: "boss",
    how: "higher_manager",
  },
  orphan: { rights: [agent()], reviewer: other },
  "boss who left": { ...byBoss, rights: [manager], more: gone("2026-01-31T17:00:00Z") },
  "led by one who left": {
    rights: [agent()],
    manager: "boss who left",
    reviewer: "boss",
    how: "higher_manager",
  },
  "boss who lost it": {
    ...byBoss,
    rights: [{ ...manager, to: "2026-02-02T09:00:00.000000Z" }],
  },
  "led by one who lost it": {
    rights: [agent()],
    manager: "boss who lost it",
    reviewer: "boss",
    how: "higher_manager",
  },
  kim: { rights: [manager], manager: "lee", reviewer: other },
  lee: { rights: [manager], manager: "kim", reviewer: other },
  "led by kim": { rights: [agent()], manager: "kim", reviewer: "kim", how: "manager" },
  "given by kim": {
    rights: [{ ...agent(), by: "kim" }],
    manager: "kim",
    reviewer: "lee",
    how: "higher_manager",
  },
  rock: { rights: [manager], manager: "paper", reviewer: other },
  paper: { rights: [manager], manager: "scissors", reviewer: other },
  scissors: { rights: [manager], manager: "rock", reviewer: other },
  "own manager": { rights: [manager], manager: "own manager", reviewer: other },
  "given by the boss": { rights: [{ ...agent(), by: "boss" }], manager: "boss", reviewer: other },
  chief: { rights: [agent()], reviewer: other },
  deputy: { rights: [manager], manager: "chief", reviewer: other },
  "deputy's deputy": {
    rights: [manager],
    manager: "deputy",
    reviewer: "deputy",
    how: "manager",
  },
  officer: { rights: [{ role: "compliance" }], reviewer: other },
  "first admin": { rights: [{ role: "admin" }], reviewer: other },
  "admin by command": { ...byBoss, rights: [{ role: "admin", byCommand: true }] },
  "given to oneself": { ...byBoss, rights: [{ ...agent(), by: "given to oneself" }] },
};

/** Everybody's id by name. */
export type IdOf = (name: string) => string;

/**
 * Brings them as they are on the day of the opening. What they did before is done first, since those whose right is gone
 * do nothing any more.
 */
export async function trapped(
  s: Scene,
  done: (idOf: IdOf) => Promise<void> = async () => {},
): Promise<IdOf> {
  const ids = new Map(Object.keys(traps).map((name) => [name, newId()]));
  const idOf: IdOf = (name) => {
    const id = ids.get(name);
    if (!id) throw new Error(`Nobody is called ${name}`);
    return id;
  };
  for (const name of ids.keys()) {
    const email = `${name.replaceAll(/\W+/g, ".")}@alongside.test`;
    await insert(s.owner, "staff", { id: idOf(name), name, email, team: "EMEA support" });
  }
  await done(idOf);
  for (const [name, { manager: leads, more, rights }] of Object.entries(traps)) {
    const staff = { ...more, ...(leads && { manager_id: idOf(leads) }) };
    if (Object.keys(staff).length > 0) await update(s.owner, "staff", idOf(name), staff);
    for (const right of rights) await give(s, idOf(name), right, idOf);
  }
  // Those whom every scene has, since as long, so that no clock of a test decides who is in.
  await s.owner.query("update staff_roles set granted_at = $2 where staff_id = any($1)", [
    [s.ana, s.ben, s.max, s.mia, s.moe],
    since,
  ]);
  return idOf;
}

async function give(s: Scene, staffId: string, right: Right, idOf: IdOf): Promise<void> {
  const granted = () => inTransaction(s.owner, (sql) => entry(sql, "role.granted"));
  await insert(s.owner, "staff_roles", {
    ...{ id: newId(), staff_id: staffId, role: right.role, looking_only: right.looking ?? false },
    ...{ granted_at: right.from ?? since, revoked_at: right.to ?? null },
    granted_by: right.by ? idOf(right.by) : null,
    granted_entry_id: right.byCommand ? await granted() : null,
  });
}
