import type pg from "pg";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { restingTriggers } from "#db/resting-triggers.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { decideItem } from "#lib/reviews/decide.ts";
import { lookAtItem } from "#lib/reviews/look.ts";
import { openSample } from "#lib/reviews/sample.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { beginSignIn } from "#lib/staff/sign-in.ts";
import { roles, staffKinds } from "#lib/vocabulary.ts";
import type { PastClock } from "./past-clock.ts";
import type { Recorder } from "./recorder.ts";

/** What is needed to do in the past what reviewers do. */
export type ReviewDesk = { client: pg.Client; tx: Transaction; to: Recorder; clock: PastClock };

const itemsSchema = z.array(
  z.object({
    id: z.uuid(),
    number: z.int(),
    name: z.string(),
    email: z.string(),
    kind: z.enum(staffKinds),
    role: z.enum(roles),
    reviewerId: z.uuid().nullable(),
    isEnded: z.boolean(),
    /** By now, whatever was when it opened. */
    hasLeft: z.boolean(),
    isTaken: z.boolean(),
    samples: z.array(z.uuid()),
  }),
);
export type PastItem = z.infer<typeof itemsSchema>[number];

export async function readItems({ client }: ReviewDesk, campaignId: string): Promise<PastItem[]> {
  const { rows } = await client.query(
    `select i.id, i.number, i.name, i.email, i.kind, i.role, i.reviewer_id as "reviewerId", i.ended_at is not null as "isEnded",
       p.status <> 'active' as "hasLeft", g.revoked_at is not null as "isTaken",
       array(select session_id::text from review_samples s where s.item_id = i.id order by s.why, s.session_id) as samples
     from review_items i join staff p on p.id = i.staff_id
       join staff_roles g on g.id = i.grant_id where i.campaign_id = $1 order by i.number`,
    [campaignId],
  );
  return itemsSchema.parse(rows);
}

/** Somebody signed in at a moment, for a while. */
export async function signedIn(desk: ReviewDesk, id: string, at: Date): Promise<Ctx<StaffActor>> {
  const { tx, to, clock } = desk;
  const person = await readStaff(tx, id);
  if (!person) throw new Error("Not of the staff");
  const ctx = { ...to.staffAt(id, at), db: tx };
  const signInId = await clock.at(at, () => beginSignIn(tx, ctx, person, { how: "persona" }));
  return { ...ctx, actor: { ...ctx.actor, signInId } };
}

export type Decision = Parameters<typeof decideItem>[1];

/**
 * One item, from when it is opened to the decision so many seconds later, with up to `opens` of the sample opened in
 * between. The look and the sign-in are moved back first, so that the schema counts the seconds that there are to be.
 */
export async function decideAt(
  desk: ReviewDesk,
  ctx: Ctx<StaffActor>,
  signedInAt: Date,
  item: PastItem & { slug: string },
  said: {
    decision: Decision["decision"];
    justification: string;
    at: Date;
    seconds: number;
    opens: number;
  },
): Promise<void> {
  const { client, clock } = desk;
  const later = (seconds: number) => new Date(said.at.getTime() + seconds * 1000);
  const { id: itemId, number, slug } = item;
  good(await clock.at(said.at, () => lookAtItem(ctx, { slug, number })));
  for (const [i, sessionId] of item.samples.slice(0, said.opens).entries())
    good(await clock.at(later(20 + i * 30), () => openSample(ctx, { itemId, sessionId })));
  await restingTriggers(client, "review_looks", () =>
    client.query(
      "update review_looks set at = clock_timestamp() - make_interval(secs => $3) where item_id = $1 and reader_id = $2",
      [itemId, ctx.actor.id, said.seconds],
    ),
  );
  await client.query(
    "update staff_sign_ins set auth_time = clock_timestamp() - make_interval(secs => $2) where id = $1",
    [ctx.actor.signInId, (later(said.seconds).getTime() - signedInAt.getTime()) / 1000],
  );
  const { decision, justification } = said;
  good(
    await clock.at(later(said.seconds), () => decideItem(ctx, { itemId, decision, justification })),
  );
}

/** What has the time of its transaction: that of its entry. */
const dated = ["review_reminders", "roster_comparisons"] as const;

/** Puts back what was moved to be counted right. */
export const settleRest = (client: pg.Client): Promise<void> =>
  restingTriggers(client, [...dated, "review_looks", "staff_roles"], async () => {
    await client.query(
      `update review_looks l set at = d.decided_at - make_interval(secs => d.seconds) from review_decisions d
       where d.item_id = l.item_id and d.decided_by = l.reader_id and d.seconds is not null`,
    );
    await client.query(
      "update staff_sign_ins set auth_time = created_at where auth_time > created_at",
    );
    for (const table of dated)
      await client.query(
        `update ${table} t set at = e.occurred_at from audit_entry e where e.id = t.entry_id`,
      );
    // As the schema does it for everybody but the owner.
    await client.query(
      `update staff_roles g set revoked_by = e.actor_id from audit_entry e
         where e.id = g.revoked_entry_id and g.revoked_by is null`,
    );
    await client.query(
      `update staff_roles g set granted_at = e.occurred_at, granted_by = before.granted_by
         from audit_entry e join audit_payload p on p.entry_id = e.id
           join review_items i on i.decision_id::text = p.body::json ->> 'review_decision'
           join staff_roles before on before.id = i.grant_id
         where e.id = g.granted_entry_id and e.event = 'role.granted'`,
    );
  });

export function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
