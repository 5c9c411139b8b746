import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  accountStances,
  environments,
  heldReasons,
  lineKinds,
  syncStatuses,
  ticketStatuses,
  tiers,
  userKinds,
  userStatuses,
} from "#lib/vocabulary.ts";
import { oneOf } from "./checks.ts";
import { at } from "./columns.ts";

/** The products that customers use: confidential OAuth clients (RFC 6749 §2.1), one origin each. */
export const products = pgTable(
  "products",
  {
    id: uuid("id").primaryKey(),
    clientId: text("client_id").notNull().unique(),
    name: text("name").notNull(),
    environment: text("environment", { enum: environments }).notNull(),
    origin: text("origin").notNull(),
    redirectUris: text("redirect_uris").array().notNull(),
    initiateLoginUri: text("initiate_login_uri").notNull(),
    /** SHA-256 of the client secret, hex; null where the client signs (`private_key_jwt`). */
    secretHash: text("secret_hash"),
    /** Public keys (RFC 7517) of a client that signs. */
    jwks: jsonb("jwks").$type<{ keys: Record<string, unknown>[] }>(),
    createdAt: at("created_at").notNull().defaultNow(),
    /** The secret before this one, while both are good: a change of secrets needs no standstill. */
    previousSecretHash: text("previous_secret_hash"),
    previousSecretUntil: at("previous_secret_until"),
  },
  (t) => [
    oneOf("products_environment", t.environment, environments),
    check(
      "products_previous_secret",
      sql`(${t.previousSecretHash} is null) = (${t.previousSecretUntil} is null)`,
    ),
  ],
);

/** The customers: organisations with users. Pushed by the product (`PUT /api/v1/directory`). */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey(),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id),
    /** The id in the product, `acc_…`. */
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    tier: text("tier", { enum: tiers }).notNull(),
    stance: text("stance", { enum: accountStances }).notNull(),
    /** Where the customer is, in the company's own words ("Europe"); null: not said. */
    region: text("region"),
    /** The version of the terms that the customer accepted; null: not said. */
    termsVersion: text("terms_version"),
    updatedAt: at("updated_at").notNull().defaultNow(),
    /** What the product said last; null: what is in force. Looser than that waits for a second person. */
    pushedTier: text("pushed_tier", { enum: tiers }),
    pushedStance: text("pushed_stance", { enum: accountStances }),
    /** How it stood before a full sync did not name it and so closed it: as that it comes back. */
    goneStance: text("gone_stance", { enum: accountStances }),
    /** The entry by which a person set it; null: the product did. */
    tierEntryId: uuid("tier_entry_id"),
    stanceEntryId: uuid("stance_entry_id"),
  },
  (t) => [
    uniqueIndex("accounts_external").on(t.productId, t.externalId),
    unique("accounts_id_product").on(t.id, t.productId),
    index("accounts_external_id").on(sql`lower(${t.externalId})`),
    index("accounts_name").on(sql`left(fold(${t.name}), 64)`),
    index("accounts_search").using("gin", sql`fives(account_search(${t.name}, ${t.externalId}))`),
    oneOf("accounts_tier", t.tier, tiers),
    oneOf("accounts_stance", t.stance, accountStances),
    oneOf("accounts_pushed_tier", t.pushedTier, tiers),
    oneOf("accounts_pushed_stance", t.pushedStance, accountStances),
    check(
      "accounts_gone_stance",
      sql`${t.goneStance} is null or (${t.goneStance} in ('allowed', 'opted_out') and ${t.stance} = 'closed')`,
    ),
  ],
);

/**
 * The customers' users: whom one may stand in for. `search` is kept by a trigger (folded name, mail, ids and
 * account) and has the trigram index that the search comes to last. `subjects_rest` has, by five letters in a row, what of
 * an e-mail and an id is in nobody's vocabulary. `subjects_account` pages the users of an account.
 */
export const subjects = pgTable(
  "subjects",
  {
    id: uuid("id").primaryKey(),
    productId: uuid("product_id").notNull(),
    accountId: uuid("account_id").notNull(),
    /** The id in the product, `usr_…`: the `sub` of the tokens. */
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    role: text("role").notNull(),
    isOwner: boolean("is_owner").notNull().default(false),
    isVip: boolean("is_vip").notNull().default(false),
    status: text("status", { enum: userStatuses }).notNull(),
    kind: text("kind", { enum: userKinds }).notNull(),
    /** Null: never signed in. */
    lastSeenAt: at("last_seen_at"),
    /** BCP 47 tag of the name's language, where the product knows it. */
    lang: text("lang"),
    search: text("search").notNull().default(""),
    /** The name, folded. */
    searchName: text("search_name").notNull().default(""),
    /** The same in Latin letters, where it reads otherwise. */
    searchLatin: text("search_latin").notNull().default(""),
    /** Runs of letters in the e-mail and the id that neither name nor account holds. */
    searchRest: text("search_rest").notNull().default(""),
    updatedAt: at("updated_at").notNull().defaultNow(),
    /** As of an account. */
    pushedVip: boolean("pushed_vip"),
    vipEntryId: uuid("vip_entry_id"),
    /** What made them stricter before and does no longer: a trigger keeps it until a second person accepts. */
    heldBecause: text("held_because", { enum: heldReasons }).array().notNull().default([]),
    heldEntryId: uuid("held_entry_id"),
  },
  (t) => [
    uniqueIndex("subjects_external").on(t.productId, t.externalId),
    unique("subjects_id_account").on(t.id, t.accountId),
    index("subjects_account").on(t.accountId, t.name, t.id),
    index("subjects_email").on(sql`lower(${t.email})`),
    index("subjects_external_id").on(sql`lower(${t.externalId})`),
    index("subjects_search").using("gin", sql`${t.search} gin_trgm_ops`),
    index("subjects_rest")
      .using("gin", sql`fives(${t.searchRest})`)
      .where(sql`${t.searchRest} <> ''`),
    foreignKey({
      name: "subjects_account_product",
      columns: [t.accountId, t.productId],
      foreignColumns: [accounts.id, accounts.productId],
    }),
    check(
      "subjects_held_because",
      sql`${t.heldBecause} <@ ${sql.raw(`'{${heldReasons.join(",")}}'::text[]`)}`,
    ),
    oneOf("subjects_status", t.status, userStatuses),
    oneOf("subjects_kind", t.kind, userKinds),
  ],
);

/**
 * What the search asks first (`search_people`): the words of every name, their beginnings and pairs, by kind, with who
 * has them in the order in which they were last seen. Kept by triggers of `subjects`; its key is its only index, and
 * answers alone. `seen` is -infinity for who never signed in; `name_key` is the same for namesakes.
 */
export const nameTokens = pgTable(
  "name_tokens",
  {
    kind: smallint("kind").notNull(),
    token: text("token").notNull(),
    seen: at("seen").notNull(),
    subjectId: uuid("subject_id").notNull(),
    nameKey: integer("name_key").notNull(),
  },
  (t) => [
    primaryKey({
      name: "name_tokens_pkey",
      columns: [t.kind, t.token, t.seen, t.subjectId, t.nameKey],
    }),
  ],
);

/**
 * The vocabulary of all names, kept by triggers of `subjects`. `name_words_parts` finds a word by what is left of it
 * after a slip of the finger, and by one or two letters inside of it; `name_words_fives` by five in a row.
 */
export const nameWords = pgTable(
  "name_words",
  { word: text("word").notNull(), productId: uuid("product_id").notNull() },
  (t) => [
    primaryKey({ name: "name_words_pkey", columns: [t.word, t.productId] }),
    index("name_words_parts").using("gin", sql`word_parts(${t.word})`),
    index("name_words_fives").using("gin", sql`fives(${t.word})`),
  ],
);

/** The help desk's tickets, as far as a request refers to them. */
export const tickets = pgTable(
  "tickets",
  {
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id),
    /** "SUP-4821" */
    reference: text("reference").notNull(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id),
    subjectId: uuid("subject_id").references(() => subjects.id),
    title: text("title").notNull(),
    status: text("status", { enum: ticketStatuses }).notNull(),
    assigneeEmail: text("assignee_email"),
    updatedAt: at("updated_at").notNull().defaultNow(),
    /** Set by trigger when a product pushes it. */
    knownSince: at("known_since").notNull().default(sql`'-infinity'`),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.reference] }),
    index("tickets_subject").on(t.subjectId),
    index("tickets_account").on(t.accountId),
    // Whether an open ticket explains that an actor is in an account.
    index("tickets_open_of")
      .on(t.accountId, sql`lower(${t.assigneeEmail})`)
      .where(sql`${t.status} = 'open'`),
    oneOf("tickets_status", t.status, ticketStatuses),
  ],
);

/**
 * A directory brought whole, in any number of requests; one open at a time for each product. Triggers keep the guards
 * against emptying it by accident, and each state refers to its entry.
 */
export const directorySyncs = pgTable(
  "directory_syncs",
  {
    id: uuid("id").primaryKey(),
    productId: uuid("product_id")
      .notNull()
      .references(() => products.id),
    status: text("status", { enum: syncStatuses }).notNull().default("open"),
    begunAt: at("begun_at").notNull().defaultNow(),
    lastPushAt: at("last_push_at").notNull().defaultNow(),
    /** Where a sender that was cut off goes on: the last line that is in the directory, as the sender counts. */
    lastLine: integer("last_line").notNull().default(0),
    lines: integer("lines").notNull().default(0),
    rejected: integer("rejected").notNull().default(0),
    /** What whoever finishes says that they know of. */
    rejectedAccepted: integer("rejected_accepted").notNull().default(0),
    goneAccepted: integer("gone_accepted").notNull().default(0),
    accountsGone: integer("accounts_gone").notNull().default(0),
    usersGone: integer("users_gone").notNull().default(0),
    ticketsGone: integer("tickets_gone").notNull().default(0),
    closedAt: at("closed_at"),
    begunEntryId: uuid("begun_entry_id").notNull(),
    closedEntryId: uuid("closed_entry_id"),
  },
  (t) => [
    uniqueIndex("directory_syncs_one_open").on(t.productId).where(sql`${t.closedAt} is null`),
    index("directory_syncs_swept").on(t.closedAt),
    oneOf("directory_syncs_status", t.status, syncStatuses),
    check(
      "directory_syncs_closed",
      sql`(${t.status} in ('finished', 'abandoned')) = (${t.closedAt} is not null) and (${t.closedAt} is null) = (${t.closedEntryId} is null)`,
    ),
  ],
);

/** Every id that a product named since its sync began, by whichever push; swept when the sync is over. */
export const directorySeen = pgTable(
  "directory_seen",
  {
    syncId: uuid("sync_id").notNull(),
    kind: text("kind", { enum: lineKinds }).notNull(),
    externalId: text("external_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.syncId, t.kind, t.externalId] }),
    oneOf("directory_seen_kind", t.kind, lineKinds),
  ],
);
