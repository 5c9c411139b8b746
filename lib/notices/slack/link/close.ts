import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { slackCodes } from "#db/schema/slack.ts";
import { type Channel, GiveUp, type NoticeMessage, TryLater } from "../../message.ts";
import { oneLine } from "../../plain.ts";

type Asked = { id: string; ref: string; used: boolean; linked: boolean; name: string };

/** Messages that are changed in one go. */
const atOnce = 50;

/**
 * Takes the button from messages that asked for a link and lead nowhere by now: it was made, or nobody pressed in time. What
 * Slack does not take just now comes again, for a day. Any number may run at once. Gives how many it changed.
 */
export async function closeAskedLinks(
  db: Database,
  slack: Channel,
  signal: AbortSignal = AbortSignal.timeout(8000),
): Promise<number> {
  const { rows } = await db.execute<Asked>(sql`
    select c.id, c.message_ref as ref, c.used_at is not null as used, l.id is not null as linked, s.name
      from slack_codes c join staff s on s.id = c.staff_id
      left join slack_identities l on l.staff_id = c.staff_id and l.ended_at is null
      where c.message_ref is not null and (c.used_at is not null or l.id is not null or c.good_until <= clock_timestamp())
      order by c.good_until limit ${atOnce}`);
  let closed = 0;
  for (const asked of rows) {
    const isOver = await change(slack, asked, signal);
    if (!isOver) continue;
    closed += 1;
    await forget(db, sql`${slackCodes.id} = ${asked.id}::uuid`);
  }
  if (closed < rows.length)
    await forget(db, sql`${slackCodes.goodUntil} < clock_timestamp() - interval '1 day'`);
  return closed;
}

const forget = (db: Database, which: ReturnType<typeof sql>) =>
  db
    .update(slackCodes)
    .set({ messageRef: null })
    .where(sql`${slackCodes.messageRef} is not null and ${which}`);

/** False where it is to be tried again. */
async function change(slack: Channel, asked: Asked, signal: AbortSignal): Promise<boolean> {
  try {
    await slack.update("", asked.ref, closedWords(asked), signal);
    return true;
  } catch (error) {
    if (error instanceof GiveUp) return true;
    if (error instanceof TryLater) return false;
    throw error;
  }
}

export const askedTitle = "Is this your account in Alongside?";

function closedWords({ id, used, linked, name }: Asked): NoticeMessage {
  const outcome = used
    ? `You said yes: you are ${oneLine(name)} in Alongside.`
    : linked
      ? "You are linked already: nothing is left to do here."
      : "Nobody pressed in time. Nothing was linked.";
  return {
    ...{
      key: id,
      kind: "staff",
      title: "Your account in Alongside",
      facts: [],
      quote: null,
      links: [],
    },
    ...{ outcome, requestId: null, vote: null },
  };
}
