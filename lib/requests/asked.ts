import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Policy } from "#lib/policy/policy.ts";
import type { ApproverKind } from "#lib/vocabulary.ts";
import { readCandidates } from "./candidates.ts";
import { type Requirement, type Rung, stillWanted } from "./ring-rules.ts";
import { requirementsOf } from "./rings.ts";

/** Somebody who was asked, or has opened the request unasked. */
export type AskedPerson = {
  id: string;
  name: string;
  team: string;
  /** Null: nobody asked them, they opened it by themselves. */
  ring: 1 | 2 | 3 | null;
  askedAt: Date;
  openedAt: Date | null;
  remindedAt: Date | null;
  /** Whether their vote would still count. */
  able: boolean;
  active: boolean;
};

export type AskedOf = {
  people: AskedPerson[];
  /** Who may decide, and was not asked yet. */
  notAsked: string[];
  /** What the votes so far leave to be met. */
  wanted: Requirement[];
  rung: Rung;
  /** The next ring by the clock; null: none is left. */
  next: { ring: 2 | 3; at: Date } | null;
  /** Nobody may decide now. */
  nobody: boolean;
  /** By id, what the votes of each who may decide count for. */
  fits: ReadonlyMap<string, readonly ApproverKind[]>;
};

/** What is left to be met once this person has approved too. */
export const wantedAfter = ({ wanted, fits }: AskedOf, approverId: string): Requirement[] => {
  const counts = fits.get(approverId) ?? [];
  return wanted
    .map(({ by, votes }) => ({ by, votes: counts.includes(by) ? votes - 1 : votes }))
    .filter(({ votes }) => votes > 0);
};

type Asking = {
  id: string;
  createdAt: Date;
  requirements: readonly Requirement[];
  approvalsNeeded: number;
};

/** Who was asked to decide on a pending request, who of them has opened it, and who is asked next and when. */
export async function readAsked(db: Reader, request: Asking, policy: Policy): Promise<AskedOf> {
  const [rows, [state], candidates] = await Promise.all([
    people(db, request.id),
    rungOf(db, request.id),
    readCandidates(db, request.id, policy.rings),
  ]);
  const able = new Map(
    candidates.filter(({ approved }) => !approved).map((one) => [one.id, one] as const),
  );
  const rung = state?.rung ?? 0;
  const after = (seconds: number) => new Date(request.createdAt.getTime() + seconds * 1000);
  const notAsked = [...able.values()].filter(({ asked }) => !asked).map(({ name }) => name);
  const { secondAfter, fallbackAfter } = policy.rings;
  return {
    people: rows.map((row) => ({
      ...row,
      askedAt: new Date(row.askedAt),
      openedAt: row.openedAt === null ? null : new Date(row.openedAt),
      remindedAt: row.remindedAt === null ? null : new Date(row.remindedAt),
      able: able.has(row.id),
      active: able.get(row.id)?.active ?? false,
    })),
    notAsked,
    wanted: stillWanted(requirementsOf(request), candidates),
    rung,
    next:
      rung < 2 && notAsked.length > 0
        ? { ring: 2, at: after(secondAfter) }
        : rung < 3
          ? { ring: 3, at: after(fallbackAfter) }
          : null,
    nobody: able.size === 0,
    fits: new Map([...able.values()].map(({ id, fits }) => [id, fits])),
  };
}

type PersonRow = Omit<AskedPerson, "askedAt" | "openedAt" | "remindedAt" | "able" | "active"> & {
  askedAt: string;
  openedAt: string | null;
  remindedAt: string | null;
};
const people = preparedStatement<PersonRow>(
  "asked_people",
  `select s.id, s.name, s.team, a.ring, a.asked_at as "askedAt", a.opened_at as "openedAt", a.reminded_at as "remindedAt"
    from request_asks a join staff s on s.id = a.approver_id
    where a.request_id = $1::uuid order by a.ring nulls last, a.asked_at, s.name`,
);
const rungOf = preparedStatement<{ rung: Rung }>(
  "asked_rung",
  "select rung from request_rings where request_id = $1::uuid",
);
