import { sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import type { ProposalKind } from "#lib/vocabulary.ts";
import { decidingRoles } from "./rules.ts";

export type Concerned = {
  kind: ProposalKind;
  proposedBy: string | null;
  staffId: string | null;
};

/** The names of who may decide on this: they hold the role, it is not theirs and not about them. */
export async function whoMayDecide(db: Reader, proposal: Concerned): Promise<string[]> {
  const roles = sql.join(
    decidingRoles[proposal.kind].map((role) => sql`${role}`),
    sql`, `,
  );
  const { rows } = await db.execute<{ name: string }>(sql`
    select s.name from staff s
    where s.status = 'active' and s.kind = 'person'
      and exists (select 1 from roles_held h where h.staff_id = s.id and h.role in (${roles}))
      and s.person_id not in (
        select person_id from staff
        where id in (${proposal.proposedBy}::uuid, ${proposal.staffId}::uuid))
    order by s.name limit 20`);
  return rows.map(({ name }) => name);
}
