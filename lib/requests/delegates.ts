import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";

/** Somebody who decides for an actor's own manager, for as long as the manager is away. */
export type Delegate = {
  id: string;
  /** Who is away. */
  of: string;
  from: Date;
  /** Not any more at this moment: by its day, or because it was ended. */
  until: Date;
};

type Asked = { actor: { id: string }; createdAt: Date };

/** Who decides, or decided, for the own manager of whoever asked. Who was named only after the ask decides on the next one. */
export async function readDelegates(db: Reader, { actor, createdAt }: Asked): Promise<Delegate[]> {
  const rows = await delegates(db, actor.id, createdAt.toISOString());
  return rows.map((row) => ({ ...row, from: new Date(row.from), until: new Date(row.until) }));
}

type DelegateRow = Omit<Delegate, "from" | "until"> & { from: string; until: string };
const delegates = preparedStatement<DelegateRow>(
  "request_delegates",
  `select d.to_id as id, s.name as of, d.starts_at as from, coalesce(d.ended_at, d.ends_at) as until
     from staff_managers m join delegations d on d.from_id = m.manager_id join staff s on s.id = d.from_id
    where m.staff_id = $1::uuid and m.since <= $2::timestamptz and (m.until is null or m.until > $2::timestamptz)
      and d.to_id is not null and d.given_by <> $1::uuid and d.given_at <= $2::timestamptz and coalesce(d.ended_at, d.ends_at) > $2::timestamptz`,
);

/** As whose delegate this person decides at that moment; undefined where as nobody's. */
export const delegateAt = (
  all: readonly Delegate[],
  personId: string,
  at: Date,
): Delegate | undefined =>
  all.find(({ id, from, until }) => id === personId && from <= at && at < until);
