import { and, desc, eq, ne, sql } from "drizzle-orm";
import { approvals, requests } from "#db/schema/impersonation.ts";
import { campaigns } from "#db/schema/reviews.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { refuse } from "#lib/kernel/result.ts";
import { voteIn } from "#lib/requests/vote.ts";
import { lockPerson } from "#lib/staff/lock.ts";
import { may } from "#lib/staff/rights.ts";
import { attempt, type Tried } from "./attempt.ts";
import { noCounts } from "./opening.ts";

/** Votes as this person on somebody else's request. */
export async function tryVote({ db, ...ctx }: Ctx<StaffActor>): Promise<Tried[]> {
  const [request] = await db
    .select({ id: requests.id, hash: requests.askHash, policyVersion: requests.policyVersion })
    .from(requests)
    // Who is of compliance too may vote where that is wanted.
    .where(
      and(
        ne(requests.actorId, ctx.actor.id),
        sql`not ${requests.requirements} @> '[{"by": "compliance"}]'`,
      ),
    )
    .orderBy(desc(requests.createdAt))
    .limit(1);
  const ask = request ? request.hash.toString("hex") : "";
  const requestId = request?.id ?? newId();
  const tried = [
    await attempt(db, "Voted on a request", ["not_approver"], (tx) =>
      voteIn(tx, { ...ctx, db }, { vote: "deny", requestId, ask, comment: "A try" }),
    ),
  ];
  if (request)
    tried.push(
      await attempt(db, "Voted at the database, past the panel", ["vote_without_role"], (tx) =>
        tx.insert(approvals).values({
          ...{ id: newId(), requestId, approverId: ctx.actor.id, vote: "deny", comment: "A try" },
          ...{ askHash: request.hash, policyVersion: request.policyVersion, entryId: newId() },
        }),
      ),
    );
  return tried;
}

/** Changes somebody on the staff as this person. */
export async function tryChangingStaff(ctx: Ctx<StaffActor>): Promise<Tried[]> {
  const { db, actor } = ctx;
  const [other] = await db
    .select({ id: staff.id })
    .from(staff)
    .where(ne(staff.id, actor.id))
    .limit(1);
  const person = other?.id ?? newId();
  return [
    await attempt(db, "Changed somebody on the staff", ["not_allowed"], (tx) =>
      lockPerson(tx, actor, person),
    ),
    await attempt(
      db,
      "Changed them at the database, past the panel",
      ["staff_change_not_admin"],
      async (tx) => {
        const changedEntryId = await recordAudit(tx, ctx, {
          event: "staff.changed",
          body: { what: "A try", person },
        });
        await tx.update(staff).set({ changedEntryId }).where(eq(staff.id, person));
      },
    ),
  ];
}

/** Runs an access review as this person: by the panel's rule, and past it at the database. */
export const tryOverseeing = async ({ db, actor }: Ctx<StaffActor>): Promise<Tried[]> => [
  await attempt(db, "Ran an access review", ["not_allowed"], async () => {
    if (!may(actor, "run_reviews")) refuse("not_allowed", "Your roles do not let you do this.");
  }),
  await attempt(
    db,
    "Opened one at the database, past the panel",
    ["campaign_opened_by"],
    async (tx) => {
      const [now, id] = [sql`clock_timestamp()`, newId()];
      await tx.insert(campaigns).values({
        ...{ id, slug: id, zone: "UTC", openedBy: actor.id, seed: 0, query: "" },
        ...{ firstDay: sql`current_date - 3`, lastDay: sql`current_date - 2` },
        ...{ startsAt: now, endsAt: now, throughAt: now, openedAt: now, dueAt: now },
        ...{ counts: noCounts, policyVersion: 1, openedEntryId: newId() },
      });
    },
  ),
];
