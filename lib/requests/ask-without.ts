import { sql } from "drizzle-orm";
import { clock, type Transaction } from "#db/client.ts";
import { requests } from "#db/schema/impersonation.ts";
import { entryRow, writeEntries } from "#lib/audit/record.ts";
import { readFacts } from "#lib/directory/facts.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import { refuse } from "#lib/kernel/result.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { prepareAsk } from "./prepare-ask.ts";
import { startBy } from "./rules.ts";
import type { Ask } from "./schemas.ts";

/**
 * Asks, and grants by policy what wants an approval that nobody gave: for breaking the glass, whose verb knows whether it
 * may. What was wanted is kept with it. Refuses as `ask` does, and with `conflict` where no approval is wanted.
 */
export async function askWithoutApproval(
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  input: Ask,
  policy: Policy,
): Promise<{ id: string; number: number }> {
  const subject = await readFacts(tx, input.subjectId);
  if (!subject) refuse("not_found", "Nothing here that you may stand in for.");
  const at = await clock(tx);
  const number = await nextNumber(tx);
  const { row, grant, entries } = await prepareAsk(tx, ctx, input, { policy, subject, at, number });
  if (grant)
    refuse(
      "conflict",
      "No approval is needed here, so there is no glass to break. Start as usual.",
    );
  const granted = entryRow(
    { ...ctx, actor: { kind: "system", part: "policy" } },
    {
      event: "request.granted",
      accountId: row.accountId,
      subjectId: row.subjectId,
      requestId: row.id,
      actorId: ctx.actor.id,
      body: grantedWithout(number, row.minutes, policy),
      index: { ticket: row.ticket, reasonCategory: row.reasonCategory },
    },
  );
  await writeEntries(tx, [...entries, granted]);
  await tx.insert(requests).values({ ...row, approvalsNeeded: 0, breakGlass: true });
  await tx
    .update(requests)
    .set({
      status: "granted",
      grantedAt: at,
      startBy: startBy(at, policy),
      grantedMinutes: row.minutes,
      grantedEntryId: granted.id,
    })
    .where(sql`${requests.id} = ${row.id}`);
  return { id: row.id, number };
}

/** What the entry of such a grant says. */
export const grantedWithout = (number: number, minutes: number, policy: Policy) => ({
  what: `${requestNumber(number)} without an approval: break-glass, as policy ${policy.version} allows`,
  break_glass: true,
  policy: policy.version,
  minutes,
});

async function nextNumber(tx: Transaction): Promise<number> {
  const { rows } = await tx.execute<{ number: string }>(
    sql`select nextval('request_numbers') as number`,
  );
  return Number(rows[0]?.number);
}
