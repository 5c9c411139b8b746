import { and, inArray, isNull } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { noticeChannels, noticeChoices } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import type { NoticeGroup, NoticeKind } from "#lib/vocabulary.ts";
import type { Channels } from "./channels.ts";
import { groupOf } from "./groups.ts";
import type { OutName } from "./queue.ts";
import { slackUsersOf } from "./slack/member.ts";

/** A way that a notice takes: to the person by their own address, or through a channel of the installation. */
export type Way = { channel: OutName; channelId: string | null };

/** What is on for somebody who chose nothing: a company's own system only for who wants it. */
export const usual: Record<OutName, boolean> = { slack: true, mail: true, webhook: false };

/** Whether somebody wants notices of a group by a channel, from the rows of `notice_choices`. */
export const wants = (
  choices: readonly { topic: NoticeGroup; channel: string; wanted: boolean }[],
  topic: NoticeGroup | null,
  channel: OutName,
): boolean =>
  topic === null ||
  (choices.find((choice) => choice.topic === topic && choice.channel === channel)?.wanted ??
    usual[channel]);

/** Channels that teams have and webhooks that people chose, as they are now. */
export const readChannelsInUse = (db: Reader) =>
  db
    .select({
      id: noticeChannels.id,
      channel: noticeChannels.channel,
      team: noticeChannels.team,
      groups: noticeChannels.groups,
    })
    .from(noticeChannels)
    .where(isNull(noticeChannels.removedAt));
export type ChannelInUse = Awaited<ReturnType<typeof readChannelsInUse>>[number];

/** Gives by which ways out of the panel a notice goes to a person: those that there are, that they have, and want. */
export async function waysOf(
  db: Reader,
  staffIds: readonly string[],
  channels: Channels,
  inUse: readonly ChannelInUse[],
): Promise<(staffId: string, kind: NoticeKind) => Way[]> {
  const ids = [...new Set(staffIds)];
  if (ids.length === 0) return () => [];
  const [active, chosen, slack] = await Promise.all([
    db
      .select({ id: staff.id })
      .from(staff)
      .where(and(inArray(staff.id, ids), inArray(staff.status, ["active"]))),
    db.select().from(noticeChoices).where(inArray(noticeChoices.staffId, ids)),
    channels.slack ? slackUsersOf(db, ids) : new Map<string, string>(),
  ]);
  const own = new Map<string, typeof chosen>();
  for (const choice of chosen)
    own.set(choice.staffId, [...(own.get(choice.staffId) ?? []), choice]);
  const isActive = new Set(active.map(({ id }) => id));
  const hooks = channels.webhook
    ? inUse.filter(({ channel, team }) => channel === "webhook" && team === null)
    : [];
  return (staffId, kind) => {
    if (!isActive.has(staffId)) return [];
    const isWanted = (channel: OutName) => wants(own.get(staffId) ?? [], groupOf(kind), channel);
    const ways: Way[] = [];
    if (channels.mail && isWanted("mail")) ways.push({ channel: "mail", channelId: null });
    if (slack.has(staffId) && isWanted("slack")) ways.push({ channel: "slack", channelId: null });
    if (isWanted("webhook"))
      ways.push(...hooks.map(({ id }) => ({ channel: "webhook" as const, channelId: id })));
    return ways;
  };
}
