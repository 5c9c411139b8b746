import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { noticeChannels, noticeChoices } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { type NoticeGroup, noticeGroups } from "#lib/vocabulary.ts";
import type { Channels } from "./channels.ts";
import { groupName } from "./groups.ts";
import type { OutName } from "./queue.ts";
import { slackUsersOf } from "./slack/member.ts";
import { wants } from "./ways.ts";

export const outNames = ["mail", "slack", "webhook"] as const satisfies readonly OutName[];

export const outWords: Record<OutName, string> = {
  mail: "Mail",
  slack: "Slack",
  webhook: "Webhook",
};

/** The same in a sentence: "by mail". */
export const byWords: Record<OutName, string> = {
  mail: "mail",
  slack: "Slack",
  webhook: "webhook",
};

/** Why a way is not open to somebody: the installation does not have it, or they have no place there; null: it is. */
export type Closed = "not_set_up" | "not_linked" | "no_webhook" | null;

/** Webhooks that get what people chose. */
export const readHooks = (db: Reader) =>
  db
    .select({ id: noticeChannels.id })
    .from(noticeChannels)
    .where(
      and(
        eq(noticeChannels.channel, "webhook"),
        isNull(noticeChannels.team),
        isNull(noticeChannels.removedAt),
      ),
    );

export async function readClosed(
  db: Reader,
  staffId: string,
  channels: Channels,
): Promise<Record<OutName, Closed>> {
  const [slack, hooks] = await Promise.all([
    channels.slack ? slackUsersOf(db, [staffId]) : new Map<string, string>(),
    readHooks(db),
  ]);
  return {
    mail: channels.mail ? null : "not_set_up",
    slack: !channels.slack ? "not_set_up" : slack.has(staffId) ? null : "not_linked",
    webhook: !channels.webhook ? "not_set_up" : hooks.length > 0 ? null : "no_webhook",
  };
}

const readRows = (db: Reader, staffId: string) =>
  db
    .select({
      topic: noticeChoices.topic,
      channel: noticeChoices.channel,
      wanted: noticeChoices.wanted,
    })
    .from(noticeChoices)
    .where(eq(noticeChoices.staffId, staffId));

export type Pair = `${NoticeGroup}.${OutName}`;
const pairs = noticeGroups.flatMap((topic) =>
  outNames.map((channel) => ({ topic, channel, name: `${topic}.${channel}` as const })),
);

/** By which ways a person wants what, as `topic.channel`. */
export async function readChoices(ctx: Ctx<StaffActor>): Promise<Pair[]> {
  const rows = await readRows(ctx.db, ctx.actor.id);
  return pairs.filter(({ topic, channel }) => wants(rows, topic, channel)).map(({ name }) => name);
}

/** What is on; `shown` and `about` are the ways and the topics that the form had, so that none is switched off that nobody saw. */
export const chooseSchema = z.object({
  on: z.preprocess(
    (v) => (v === undefined ? [] : [v].flat()),
    z.array(z.enum(pairs.map(({ name }) => name))).max(pairs.length),
  ),
  about: z.preprocess(
    (v) => (v === undefined ? [] : [v].flat()),
    z.array(z.enum(noticeGroups)).max(noticeGroups.length),
  ),
  shown: z.preprocess(
    (v) => (v === undefined ? [] : [v].flat()),
    z.array(z.enum(outNames)).max(outNames.length),
  ),
});
export type ChooseInput = z.infer<typeof chooseSchema>;

/** A person says by which ways they are told of what. The inbox is always one of them, and a break-glass goes every way. */
export const chooseNotices = (
  ctx: Ctx<StaffActor>,
  input: ChooseInput,
): Promise<Result<{ changed: number }>> =>
  transact(ctx, { event: "notices.refused", body: {} }, async (tx) => {
    const staffId = ctx.actor.id;
    const before = await readRows(tx, staffId);
    const changed = pairs
      .filter(({ topic, channel }) => input.about.includes(topic) && input.shown.includes(channel))
      .map((pair) => ({ ...pair, wanted: input.on.includes(pair.name) }))
      .filter(({ topic, channel, wanted }) => wants(before, topic, channel) !== wanted);
    if (changed.length === 0) return { changed: 0 };
    const entryId = await recordAudit(tx, ctx, {
      event: "notices.changed",
      body: {
        what: changed
          .map(
            ({ topic, channel, wanted }) =>
              `${groupName(topic)} by ${byWords[channel]}: ${wanted ? "on" : "off"}`,
          )
          .join("; "),
        changed: changed.map(({ name, wanted }) => ({ name, wanted })),
      },
    });
    for (const { topic, channel, wanted } of changed)
      await tx
        .insert(noticeChoices)
        .values({ staffId, topic, channel, wanted, entryId })
        .onConflictDoUpdate({
          target: [noticeChoices.staffId, noticeChoices.topic, noticeChoices.channel],
          set: { wanted, entryId },
        });
    return { changed: changed.length };
  });

/** Whether anybody reports to the reader. */
export async function readHasReports({ db, actor }: Ctx<StaffActor>): Promise<boolean> {
  const rows = await db
    .select({ id: staff.id })
    .from(staff)
    .where(eq(staff.managerId, actor.id))
    .limit(1);
  return rows.length > 0;
}
