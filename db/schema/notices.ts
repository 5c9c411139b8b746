import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channels, deliveryStatuses, noticeGroups, noticeKinds } from "#lib/vocabulary.ts";
import { auditEntry } from "./audit.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";
import { requests } from "./impersonation.ts";
import { person } from "./staff.ts";

/**
 * Entries that somebody is to be told of, and was not yet. Filled by a trigger in the transaction of the entry, so that
 * none is missed; the worker takes them out in the transaction in which it writes the notices.
 */
export const noticeOutbox = pgTable("notice_outbox", {
  entryId: uuid("entry_id").primaryKey(),
  at: at("at").notNull().defaultNow(),
});

/** Where a team is told, and where a company's own system is: Slack channels and addresses of webhooks. */
export const noticeChannels = pgTable(
  "notice_channels",
  {
    id: uuid("id").primaryKey(),
    channel: text("channel", { enum: channels }).notNull(),
    name: text("name").notNull(),
    /** Whose notices it gets, once each; null: a webhook for what people chose it for, each with its recipient. */
    team: text("team"),
    /** What the channel knows it by: a Slack channel's id, a URL. */
    address: text("address").notNull(),
    /** What a webhook is signed with, encrypted; null: Slack. */
    secret: text("secret"),
    groups: text("groups").array().notNull(),
    removedAt: at("removed_at"),
    /** Of the last change: added, changed or removed. */
    entryId: uuid("entry_id").notNull(),
    changedBy: person("changed_by").notNull(),
  },
  (t) => [
    uniqueIndex("notice_channels_once")
      .on(t.channel, t.address, sql`coalesce(${t.team}, '')`)
      .where(sql`${t.removedAt} is null`),
    unique("notice_channels_own_entry").on(t.entryId),
    oneOf("notice_channels_channel", t.channel, ["slack", "webhook"]),
    check("notice_channels_secret", sql`(${t.channel} = 'webhook') = (${t.secret} is not null)`),
    check("notice_channels_slack", sql`${t.channel} <> 'slack' or ${t.team} is not null`),
    check("notice_channels_name", sql`char_length(trim(${t.name})) between 1 and 100`),
    check("notice_channels_address", sql`char_length(${t.address}) between 1 and 2000`),
    check(
      "notice_channels_groups",
      sql`${t.groups} <@ array[${sql.raw(noticeGroups.map((g) => `'${g}'`).join(", "))}]::text[]`,
    ),
  ],
);

/**
 * One line for one person, or one team's channel, about one entry: the inbox itself. It holds no words: what it says is
 * read from how things stand. Nobody rewrites or removes one; it is read once.
 */
export const notices = pgTable(
  "notices",
  {
    id: uuid("id").primaryKey(),
    entryId: uuid("entry_id")
      .notNull()
      .references(() => auditEntry.id),
    kind: text("kind", { enum: noticeKinds }).notNull(),
    staffId: person("staff_id"),
    channelId: uuid("channel_id").references(() => noticeChannels.id),
    requestId: uuid("request_id").references(() => requests.id),
    at: at("at").notNull().defaultNow(),
    readAt: at("read_at"),
    /** How often what it says became another thing: copies that show less are rewritten. */
    changed: integer("changed").notNull().default(0),
  },
  (t) => [
    // Of one entry each is told once, and of one request's decision too, whichever entries it took.
    uniqueIndex("notices_once").on(t.entryId, t.staffId).where(sql`${t.staffId} is not null`),
    uniqueIndex("notices_once_in_channel")
      .on(t.entryId, t.channelId)
      .where(sql`${t.channelId} is not null`),
    uniqueIndex("notices_one_decision")
      .on(t.requestId, t.staffId)
      .where(sql`${t.kind} = 'request_decided' and ${t.staffId} is not null`),
    // A team sees a request once, in however many rings its approvers are asked.
    uniqueIndex("notices_once_of_request")
      .on(t.requestId, t.channelId, t.kind)
      .where(sql`${t.channelId} is not null and ${t.kind} = 'request_asked'`),
    index("notices_inbox").on(t.staffId, t.at, t.id).where(sql`${t.staffId} is not null`),
    index("notices_unread").on(t.staffId).where(sql`${t.readAt} is null`),
    index("notices_request").on(t.requestId).where(sql`${t.requestId} is not null`),
    oneOf("notices_kind", t.kind, noticeKinds),
    check("notices_to_one", sql`(${t.staffId} is null) <> (${t.channelId} is null)`),
  ],
);

/** One copy of a notice outside of the panel: what is still to be sent, and by what a sent one is known. */
export const noticeDeliveries = pgTable(
  "notice_deliveries",
  {
    id: uuid("id").primaryKey(),
    noticeId: uuid("notice_id")
      .notNull()
      .references(() => notices.id),
    channel: text("channel", { enum: channels }).notNull(),
    /** The webhook or the team's channel that it goes to; null: to the person. */
    channelId: uuid("channel_id").references(() => noticeChannels.id),
    status: text("status", { enum: deliveryStatuses }).notNull().default("waiting"),
    /** Tries in vain since it was last as it should be. */
    tries: integer("tries").notNull().default(0),
    /** How often the notice had changed when the copy was made. */
    shown: integer("shown").notNull().default(0),
    /** How often it had changed by what is to be shown; kept of a copy that is out. */
    wanted: integer("wanted").notNull().default(0),
    /** Where it was sent, and what it is known by there. */
    sentTo: text("sent_to"),
    ref: text("ref"),
    /** Why the last try was in vain, in words of ours. */
    fault: text("fault"),
    createdAt: at("created_at").notNull().defaultNow(),
    nextAt: at("next_at").notNull().defaultNow(),
    sentAt: at("sent_at"),
    failedEntryId: uuid("failed_entry_id"),
  },
  (t) => [
    unique("notice_deliveries_once").on(t.noticeId, t.channel, t.channelId).nullsNotDistinct(),
    index("notice_deliveries_due").on(t.nextAt).where(sql`${t.status} = 'waiting'`),
    // What is out and does not say what became of it: few at any time.
    index("notice_deliveries_stale")
      .on(t.nextAt)
      .where(sql`${t.status} = 'sent' and ${t.shown} < ${t.wanted}`),
    index("notice_deliveries_failed").on(t.createdAt, t.id).where(sql`${t.fault} is not null`),
    oneOf("notice_deliveries_channel", t.channel, ["slack", "mail", "webhook"]),
    oneOf("notice_deliveries_status", t.status, deliveryStatuses),
    check("notice_deliveries_sent", sql`(${t.status} = 'sent') = (${t.sentAt} is not null)`),
    check("notice_deliveries_ref", sql`(${t.sentAt} is null) = (${t.ref} is null)`),
    check(
      "notice_deliveries_failed_entry",
      sql`${t.status} <> 'failed' or ${t.failedEntryId} is not null`,
    ),
  ],
);

/** What a person chose of a group of notices; without a row it goes as is usual. Only they themselves choose. */
export const noticeChoices = pgTable(
  "notice_choices",
  {
    staffId: person("staff_id").notNull(),
    topic: text("topic", { enum: noticeGroups }).notNull(),
    channel: text("channel", { enum: channels }).notNull(),
    wanted: boolean("wanted").notNull(),
    entryId: uuid("entry_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.staffId, t.topic, t.channel] }),
    oneOf("notice_choices_topic", t.topic, noticeGroups),
    oneOf("notice_choices_channel", t.channel, ["slack", "mail", "webhook"]),
  ],
);
