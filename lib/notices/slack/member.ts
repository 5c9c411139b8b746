import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { slackIdentities } from "#db/schema/slack.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { readStaff } from "#lib/staff/queries.ts";
import { actorOf } from "#lib/staff/sign-in.ts";
import type { Member } from "./payload.ts";

export type MemberRead =
  | { ok: true; actor: StaffActor }
  | { ok: false; error: Refusal; staffId: string | null };

/**
 * Who of the staff a member of Slack is, with the status and the roles of this moment. There is no sign-in: nothing that
 * wants one can be done so.
 */
export async function readMember(db: Reader, { teamId, userId }: Member): Promise<MemberRead> {
  const [link] = await db
    .select({ id: slackIdentities.id, staffId: slackIdentities.staffId })
    .from(slackIdentities)
    .where(
      and(
        eq(slackIdentities.teamId, teamId),
        eq(slackIdentities.userId, userId),
        isNull(slackIdentities.endedAt),
      ),
    );
  if (!link) return { ok: false, error: notLinked, staffId: null };
  const person = await readStaff(db, link.staffId);
  if (person?.status !== "active" || person.roles.length === 0)
    return { ok: false, error: notLetIn, staffId: link.staffId };
  return { ok: true, actor: { ...actorOf(person, link.id), via: "slack" } };
}

export const notLinked: Refusal = {
  code: "not_signed_in",
  message:
    "Alongside does not know this Slack account. Link it in the panel, under your notices. Nothing was decided.",
};
const notLetIn: Refusal = {
  code: "not_allowed",
  message: "You are not let in any more. Nothing was decided. Ask your manager.",
};

/** Slack's ids of people, by the staff's own; who is not linked is not in it. */
export async function slackUsersOf(
  db: Reader,
  staffIds: readonly string[],
): Promise<Map<string, string>> {
  if (staffIds.length === 0) return new Map();
  const rows = await db
    .select({ staffId: slackIdentities.staffId, userId: slackIdentities.userId })
    .from(slackIdentities)
    .where(and(inArray(slackIdentities.staffId, [...staffIds]), isNull(slackIdentities.endedAt)));
  return new Map(rows.map(({ staffId, userId }) => [staffId, userId]));
}
