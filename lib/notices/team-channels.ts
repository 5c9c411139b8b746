import { randomBytes } from "node:crypto";
import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { clock, type Transaction } from "#db/client.ts";
import { noticeChannels } from "#db/schema/notices.ts";
import { recordAudit } from "#lib/audit/record.ts";
import { transact } from "#lib/audit/transact.ts";
import { has, type StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { idSchema, newId } from "#lib/kernel/ids.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { typedText } from "#lib/kernel/typed-text.ts";
import { noticeGroups } from "#lib/vocabulary.ts";
import { teamGroups } from "./groups.ts";
import { seal } from "./seal.ts";
import { type Allowed, addressFault } from "./webhook-address.ts";

const line = (most: number, ask: string) =>
  typedText.pipe(z.string().min(1, ask).max(most, `At most ${most} characters.`));
const groups = z.preprocess(
  (v) => (v === undefined ? [] : [v].flat()),
  z.array(z.enum(teamGroups)).max(teamGroups.length),
);

export const addChannelSchema = z.object({
  channel: z.enum(["slack", "webhook"]),
  name: line(100, "Say what it is, such as “Approvers in Europe”."),
  /** Empty: of a webhook, for what people chose it for. */
  team: typedText.pipe(z.string().max(100)).default(""),
  address: line(2000, "Say where it is."),
  groups,
});
export type AddChannel = z.infer<typeof addChannelSchema>;

export const changeChannelSchema = addChannelSchema
  .pick({ name: true, groups: true })
  .extend({ channelId: idSchema });
export const channelSchema = z.object({ channelId: idSchema });

/** What webhooks are sealed with, and where they may lead. */
export type ChannelSettings = { secret: string; allowed: Allowed };

/** Of a webhook: what its receiver verifies messages with, shown this once. */
export type Secret = { name: string; secret: string | null };

/** An admin says where a team is told, or names a webhook. Refuses with `not_allowed`, or `invalid` with fields. */
export const addChannel = (
  ctx: Ctx<StaffActor>,
  input: AddChannel,
  settings: ChannelSettings,
): Promise<Result<Secret>> =>
  transact(ctx, { event: "notices.refused", body: { channel: input.channel } }, async (tx) => {
    authorise(ctx);
    const team = input.team || null;
    const wrong = (field: string, why: string) =>
      refuse("invalid", "One answer needs another look.", { fields: { [field]: why } });
    if (input.channel === "slack") {
      if (!team) wrong("team", "Say whose channel it is.");
      if (!/^[CG][A-Z0-9]{2,30}$/.test(input.address))
        wrong("address", "This is no channel’s id. It is at the end of the channel’s details: C0…");
    } else {
      const fault = addressFault(input.address, settings.allowed);
      if (fault) wrong("address", fault);
    }
    const secret = input.channel === "webhook" ? newSecret() : null;
    const { channel, name, address } = input;
    const chosen = team ? input.groups : [...noticeGroups];
    const entryId = await record(tx, ctx, "channel.added", input.name, {
      channel,
      team,
      // A webhook's path may be its key.
      address: channel === "webhook" ? new URL(address).origin : address,
      groups: chosen,
    });
    await tx
      .insert(noticeChannels)
      .values({
        id: newId(),
        ...{ channel, name, team, address, groups: chosen, entryId, changedBy: ctx.actor.id },
        secret: secret && seal(secret, settings.secret),
      })
      .onConflictDoNothing()
      .returning({ id: noticeChannels.id })
      .then((made) => made.length > 0 || wrong("address", "This is here already."));
    return { name: input.name, secret };
  });

/** Standard Webhooks: 24 to 64 random bytes. */
const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/** Changes what it is called and what it is told. */
export const changeChannel = (
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof changeChannelSchema>,
): Promise<Result<{ name: string }>> =>
  change(ctx, input.channelId, async (tx, row) => {
    const chosen = row.team ? input.groups : row.groups;
    const entryId = await record(tx, ctx, "channel.changed", input.name, {
      before: { name: row.name, groups: row.groups },
      after: { name: input.name, groups: chosen },
    });
    await set(tx, ctx, row.id, entryId, { name: input.name, groups: chosen });
    return { name: input.name };
  });

/** A new secret; the old one is out of use at once. */
export const rotateSecret = (
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof channelSchema>,
  settings: ChannelSettings,
): Promise<Result<Secret>> =>
  change(ctx, input.channelId, async (tx, row) => {
    if (!row.secret) refuse("conflict", "Only webhooks have a secret of their own.");
    const secret = newSecret();
    const entryId = await record(tx, ctx, "channel.changed", row.name, { secret: "renewed" });
    await set(tx, ctx, row.id, entryId, { secret: seal(secret, settings.secret) });
    return { name: row.name, secret };
  });

/** What waits for it is not sent any more. */
export const removeChannel = (
  ctx: Ctx<StaffActor>,
  input: z.infer<typeof channelSchema>,
): Promise<Result<{ name: string }>> =>
  change(ctx, input.channelId, async (tx, row) => {
    const entryId = await record(tx, ctx, "channel.removed", row.name, { team: row.team });
    await set(tx, ctx, row.id, entryId, { removedAt: await clock(tx) });
    return { name: row.name };
  });

type Row = typeof noticeChannels.$inferSelect;

const change = <T>(
  ctx: Ctx<StaffActor>,
  channelId: string,
  run: (tx: Transaction, row: Row) => Promise<T>,
): Promise<Result<T>> =>
  transact(ctx, { event: "notices.refused", body: { channel_id: channelId } }, async (tx) => {
    authorise(ctx);
    const [row] = await tx
      .select()
      .from(noticeChannels)
      .where(and(eq(noticeChannels.id, channelId), isNull(noticeChannels.removedAt)))
      .for("no key update");
    if (!row) refuse("not_found", "Nothing here that you may change: it was removed.");
    return run(tx, row);
  });

function authorise(ctx: Ctx<StaffActor>): void {
  if (!has(ctx.actor, "admin")) refuse("not_allowed", "Only an admin says where teams are told.");
}

type Change = "channel.added" | "channel.changed" | "channel.removed";
const did: Record<Change, string> = {
  "channel.added": "Added",
  "channel.changed": "Changed",
  "channel.removed": "Removed",
};

const record = (
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  event: Change,
  name: string,
  more: Parameters<typeof recordAudit>[2]["body"] extends infer B ? Omit<B, "what"> : never,
) =>
  recordAudit(tx, ctx, {
    event,
    body: { what: `${did[event]} the channel “${name}”`, name, ...more },
  });

const set = (
  tx: Transaction,
  ctx: Ctx<StaffActor>,
  id: string,
  entryId: string,
  values: Partial<Row>,
) =>
  tx
    .update(noticeChannels)
    .set({ ...values, entryId, changedBy: ctx.actor.id })
    .where(eq(noticeChannels.id, id));

/** Channels and webhooks in use, by name; never with their secrets. */
export const readTeamChannels = (ctx: Ctx<StaffActor>) =>
  ctx.db
    .select({
      id: noticeChannels.id,
      channel: noticeChannels.channel,
      name: noticeChannels.name,
      team: noticeChannels.team,
      address: noticeChannels.address,
      groups: noticeChannels.groups,
    })
    .from(noticeChannels)
    .where(isNull(noticeChannels.removedAt))
    .orderBy(asc(noticeChannels.name), asc(noticeChannels.id));
export type TeamChannel = Awaited<ReturnType<typeof readTeamChannels>>[number];
