import type { Transaction } from "#db/client.ts";
import { subjects } from "#db/schema/directory.ts";
import { heldSentence } from "./held-words.ts";
import type { FlagNews } from "./plan.ts";
import type { UserPlan } from "./put-users.ts";
import { anyOf } from "./write-rows.ts";

/**
 * What is held of people whom this part moved or calls owners no longer, once they are written: the schema says what of
 * before is stricter. It waits for a manager; what waited of the account that they were in is void.
 */
export async function heldNews(tx: Transaction, leaving: UserPlan["leaving"]): Promise<FlagNews[]> {
  if (leaving.size === 0) return [];
  const rows = await tx
    .select({ id: subjects.id, held: subjects.heldBecause })
    .from(subjects)
    .where(anyOf(subjects.id, [...leaving.keys()]));
  return rows.flatMap(({ id, held }): FlagNews[] => {
    const of = leaving.get(id);
    if (!of) return [];
    const { row, from } = of;
    const news = { subjectId: id, flag: "held" as const, name: row.name, before: held };
    const says = heldSentence(held);
    const left: FlagNews[] =
      from === row.accountId ? [] : [{ ...news, accountId: from, after: null, says }];
    return [
      ...left,
      { ...news, accountId: row.accountId, after: held.length > 0 ? [] : null, says },
    ];
  });
}
