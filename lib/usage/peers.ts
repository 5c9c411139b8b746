import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Role } from "#lib/vocabulary.ts";
import { type Period, quarterOf } from "./period.ts";
import { type Figures, figuresOf } from "./person.ts";
import { leastPeople } from "./spread.ts";

/** Eight of ten lie between `low` and `high`. */
export type Spread = { low: number; median: number; high: number };
export type Peers = { people: number } & { of: Record<Compared, Spread> };

export const compared = [
  "sessions",
  "acting",
  "sensitive",
  "outside",
  "accounts",
  "seconds",
  "writes",
  "exports",
  "refusals",
  "approved",
  "denied",
  "quick",
] as const satisfies (keyof Figures)[];
export type Compared = (typeof compared)[number];

const spreadOf = (figure: Compared): string => {
  const at = (part: number) =>
    `round(percentile_cont(${part}) within group (order by f.${figure}))::bigint`;
  return `json_build_object('low', ${at(0.1)}, 'median', ${at(0.5)}, 'high', ${at(0.9)}) as ${figure}`;
};

const others = `select h.staff_id as id from roles_held h join staff s on s.id = h.staff_id
  where h.role = $4 and s.team = $5 and h.staff_id <> $6::uuid`;

const spreads = preparedStatement<{ people: number } & Record<Compared, Spread>>(
  "usage_peers",
  `select count(*) as people, ${compared.map(spreadOf).join(", ")} from (${figuresOf(others)}) f`,
);

/** The others who hold the same role in the same team now. Null where they are fewer than five: that would be naming them. */
export async function peersOf(
  db: Reader,
  { staffId, role, team }: { staffId: string; role: Role; team: string },
  period: Period,
): Promise<Peers | null> {
  const { firstDay, lastDay } = period;
  const [row] = await spreads(db, firstDay, lastDay, quarterOf(period), role, team, staffId);
  if (!row || row.people < leastPeople) return null;
  const { people, ...of } = row;
  return { people, of };
}
