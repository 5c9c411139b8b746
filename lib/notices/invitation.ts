import { and, desc, eq, sql } from "drizzle-orm";
import { noticeDeliveries, notices } from "#db/schema/notices.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { may } from "#lib/staff/rights.ts";
import type { DeliveryStatus } from "#lib/vocabulary.ts";

/** The newest invitation of somebody, and what became of its mail. */
export type Invitation = {
  /** Null: no mail is set up. */
  mail: DeliveryStatus | null;
  /** When it was delivered; before that, when they were invited. */
  at: Date;
  /** Why the last try was in vain. */
  fault: string | null;
  /** They have signed in: nothing waits for the mail any more. */
  isIn: boolean;
};

/** Null for whoever was never invited, and for a reader who does not see the staff. */
export async function readInvitation(
  { db, actor }: Ctx<StaffActor>,
  staffId: string,
): Promise<Invitation | null> {
  if (!may(actor, "see_settings")) return null;
  const [row] = await db
    .select({
      mail: noticeDeliveries.status,
      invitedAt: notices.at,
      sentAt: noticeDeliveries.sentAt,
      fault: noticeDeliveries.fault,
      isIn: sql<boolean>`exists (select from staff_sign_ins i where i.staff_id = ${notices.staffId})`,
    })
    .from(notices)
    .leftJoin(
      noticeDeliveries,
      and(eq(noticeDeliveries.noticeId, notices.id), eq(noticeDeliveries.channel, "mail")),
    )
    .where(and(eq(notices.staffId, staffId), eq(notices.kind, "staff")))
    .orderBy(desc(notices.at), desc(notices.id))
    .limit(1);
  if (!row) return null;
  const { mail, fault, isIn, sentAt, invitedAt } = row;
  return { mail, fault, isIn, at: sentAt ?? invitedAt };
}
