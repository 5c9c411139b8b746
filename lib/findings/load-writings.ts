import type { Transaction } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { FindingsPolicy } from "#lib/policy/findings-policy.ts";
import type { Access, Writing } from "./facts.ts";

type Counted = { id: string; writes: number; exports: number };

const selectMany = preparedStatement<Counted>(
  "findings_writes",
  `select session_id as id, count(*) filter (where effect <> 'export')::integer as writes,
     count(*) filter (where effect = 'export')::integer as exports
   from actions where session_id = any($1::uuid[]) and phase = 'attempt' group by 1
   having count(*) filter (where effect <> 'export') > $2 or count(*) filter (where effect = 'export') > $3`,
);

const selectUsual = preparedStatement<{
  id: string;
  sessions: number;
  writes: number;
  exports: number;
}>(
  "findings_usual_writes",
  `select s.id, count(*)::integer as sessions, coalesce(avg(n.writes), 0)::float8 as writes,
     coalesce(avg(n.exports), 0)::float8 as exports
   from sessions s join sessions b on b.actor_id = s.actor_id and b.scope = 'write' and b.id <> s.id
       and b.started_at < s.started_at and b.started_at >= s.started_at - interval '90 days',
     lateral (select count(*) filter (where a.effect <> 'export') as writes,
       count(*) filter (where a.effect = 'export') as exports
       from actions a where a.session_id = b.id and a.phase = 'attempt') n
   where s.id = any($1::uuid[]) group by 1`,
);

/** Sessions in which more was written than the policy never minds. */
export const countWrites = (
  tx: Transaction,
  written: readonly string[],
  { writesInASession, exportsInASession }: FindingsPolicy,
): Promise<Counted[]> =>
  written.length === 0
    ? Promise.resolve([])
    : selectMany(tx, written, writesInASession, exportsInASession);

/** The same beside what their actors usually do in a session for acting. */
export async function loadWritings(
  tx: Transaction,
  counted: readonly Counted[],
  accesses: ReadonlyMap<string, Access>,
): Promise<Writing[]> {
  const unexplained = counted.filter(({ id }) => accesses.get(id)?.explained === false);
  if (unexplained.length === 0) return [];
  const usual = new Map(
    (
      await selectUsual(
        tx,
        unexplained.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  return unexplained.flatMap((one) => {
    const access = accesses.get(one.id);
    const { sessions, writes, exports } = usual.get(one.id) ?? {
      sessions: 0,
      writes: 0,
      exports: 0,
    };
    return access ? [{ ...access, ...one, usual: { sessions, writes, exports } }] : [];
  });
}
