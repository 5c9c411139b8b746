import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import copyStreams from "pg-copy-streams";
import { makeAccounts, makeUsers, type Sizes } from "./directory.ts";

/** Built once the rows are there, half of them beside the other half: row by row they would cost more than the rows. */
const searchIndex = "subjects_search";
const otherIndexes = [
  "subjects_account",
  "subjects_email",
  "subjects_external_id",
  "subjects_rest",
  "name_words_parts",
  "name_words_fives",
];
const tokensKey = "name_tokens_pkey";

/**
 * Copies a made-up directory into an empty migrated database, as its owner. The users are copied as they are, and go in
 * from there by two connections, folded by the same `fold` and taken into tokens by the same trigger as every push; what
 * a push does row by row is done by set.
 */
export async function loadDirectory(
  ownerUrl: string,
  productId: string,
  sizes: Sizes,
): Promise<void> {
  const clients = [0, 1].map(() => new pg.Client({ connectionString: ownerUrl }));
  const [one, other] = clients;
  if (!one || !other) return;
  try {
    for (const client of clients) {
      await client.connect();
      await client.query(
        `set maintenance_work_mem = '1GB'; set work_mem = '128MB'; set synchronous_commit = off`,
      );
    }
    const definitions = await definitionsOf(one);
    await one.query(`drop index ${[searchIndex, ...otherIndexes].join(", ")};
      alter table name_tokens drop constraint ${tokensKey};
      alter table subjects disable trigger subjects_fold, disable trigger name_words_insert;
      create unlogged table made_users (like subjects including defaults)`);
    await copyAll(one, productId, sizes);
    const half = Math.ceil(sizes.users / 2);
    await Promise.all([
      one.query(intoSubjects("<="), [half]),
      other.query(intoSubjects(">"), [half]),
    ]);
    await one.query(`drop table made_users;
      alter table subjects enable trigger subjects_fold, enable always trigger name_words_insert;
      insert into name_words select distinct token, '${productId}'::uuid from name_tokens where kind in (3, 5)`);
    await Promise.all([
      one.query(definitions.search),
      other.query([definitions.key, ...definitions.others].join("; ")),
    ]);
    await Promise.all([
      one.query("vacuum (analyze) subjects"),
      other.query("vacuum (analyze) name_tokens"),
    ]);
    await one.query("vacuum (analyze) accounts, name_words");
  } finally {
    for (const client of clients) await client.end();
  }
}

async function definitionsOf(client: pg.Client) {
  const read = async (names: string[]) => {
    const { rows } = await client.query<{ definition: string }>(
      "select pg_get_indexdef(i::regclass) as definition from unnest($1::text[]) i",
      [names],
    );
    return rows.map(({ definition }) => definition);
  };
  const { rows } = await client.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1",
    [tokensKey],
  );
  return {
    search: (await read([searchIndex])).join("; "),
    others: await read(otherIndexes),
    key: `alter table name_tokens add constraint ${tokensKey} ${rows[0]?.definition}`,
  };
}

/** `role` carries the row's number until it is in. */
const intoSubjects = (half: string) => `
  insert into subjects (id, product_id, account_id, external_id, name, email, role, is_owner, is_vip, status, kind,
    last_seen_at, lang, search_name, search_latin, search, search_rest)
  select m.id, m.product_id, m.account_id, m.external_id, m.name, m.email, split_part(m.role, ' ', 2), m.is_owner, m.is_vip,
    m.status, m.kind, m.last_seen_at, m.lang, f.name, f.latin,
    fold(concat_ws(' ', '', m.name, m.email, m.external_id, a.name, a.external_id, nullif(f.latin, ''), '')),
    rest_of(f.name, f.latin, m.email, m.external_id, a.name)
  from made_users m join accounts a on a.id = m.account_id,
    lateral (select btrim(fold(m.name)) as name, latin(m.name) as latin offset 0) f where split_part(m.role, ' ', 1)::int ${half} $1`;

async function copyAll(client: pg.Client, productId: string, sizes: Sizes): Promise<void> {
  const accounts = makeAccounts(sizes);
  await copy(
    client,
    "accounts (id, product_id, external_id, name, tier, stance)",
    accounts,
    (made) => [made.id, productId, made.externalId, made.name, made.tier, made.stance],
  );
  let number = 0;
  await copy(
    client,
    `made_users (id, product_id, account_id, external_id, name, email, role, is_owner, is_vip, kind, status,
      last_seen_at, lang, search, search_name, search_latin, search_rest, updated_at)`,
    makeUsers(sizes, accounts),
    (made) => [
      made.id,
      productId,
      made.accountId,
      made.externalId,
      made.name,
      made.email,
      `${++number} ${made.role}`,
      made.isOwner ? "t" : "f",
      made.isVip ? "t" : "f",
      made.kind,
      made.status,
      made.lastSeenAt ?? "\\N",
      made.lang,
      "",
      "",
      "",
      "",
      "now",
    ],
  );
  await client.query("analyze made_users; analyze accounts");
}

/** Text format: none of the values made here holds a tab, a line's end or a backslash of its own. */
export async function copy<T>(
  client: pg.Client,
  into: string,
  made: Iterable<T>,
  row: (one: T) => string[],
): Promise<void> {
  const chunks = function* () {
    let chunk = "";
    for (const one of made) {
      chunk += `${row(one).join("\t")}\n`;
      if (chunk.length > 65_536) {
        yield chunk;
        chunk = "";
      }
    }
    yield chunk;
  };
  await pipeline(
    Readable.from(chunks()),
    client.query(copyStreams.from(`copy ${into} from stdin`)),
  );
}
