import fc from "fast-check";
import { expect, test } from "vitest";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { searchSubjects } from "./search.ts";
import { account, customersOf, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);
const found = async (q: string) =>
  (await searchSubjects(ana, { q })).hits.map((hit) => hit.externalId);

/** What the search reads against what it would be, were it made anew from the people. */
async function strayRows(): Promise<unknown[]> {
  const { rows } = await s.owner.query(`
    with anew as (
      select k.kind, k.token, coalesce(s.last_seen_at, '-infinity') as seen, s.id, hashtext(s.search_name) as key, s.product_id
      from subjects s, name_tokens_of(s.search_name, s.search_latin) k),
    tokens as (select kind, token, seen, id, key from anew),
    words as (select token, product_id from anew where kind in (3, 5))
    (select 'token missing' as what, t::text as row from (select * from tokens except select * from name_tokens) t)
    union all (select 'token left', t::text from (select * from name_tokens except select * from tokens) t)
    union all (select 'word missing', t::text from (select * from words except select * from name_words) t)
    union all (select 'word left', t::text from (select * from name_words except select * from words) t)
    union all (select 'name', s.name from subjects s where search_name <> btrim(fold(s.name)) or search_latin <> latin(s.name))
    union all (select 'rest', s.name from subjects s join accounts a on a.id = s.account_id
      where search_rest <> rest_of(s.search_name, s.search_latin, s.email, s.external_id, a.name))
    union all (select 'search', s.search from subjects s join accounts a on a.id = s.account_id
      where search <> fold(concat_ws(' ', '', s.name, s.email, s.external_id, a.name, a.external_id,
        nullif(s.search_latin, ''), '')))`);
  return rows;
}

test("whatever is pushed in whatever order, nothing is missing and nothing left behind", async () => {
  const name = fc
    .array(
      fc.constantFrom(
        "Ana",
        "Bo",
        "Zoë",
        "Garcia",
        "Ga",
        "王",
        "伟",
        "Żuk",
        "x",
        "Ana-Bo",
        "Müller",
        "Анна",
      ),
      {
        minLength: 1,
        maxLength: 10,
      },
    )
    .map((words) => words.join(" "));
  const line = fc.record({
    id: fc.constantFrom("usr_1", "usr_2", "usr_3", "usr_4", "usr_5"),
    name,
    last_seen_at: fc.constantFrom(null, "2026-11-20T10:00:00Z", "2026-11-21T10:00:00.123456Z"),
    account_id: fc.constantFrom("acc_1", "acc_2"),
  });
  const accountName = fc.constantFrom("Oak", "Ash", "Elm");
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 8 }), accountName, async (lines, called) => {
      await push(
        account({ id: "acc_1", name: called }),
        account({ id: "acc_2" }),
        ...lines.map((over) => user(over)),
      );
      expect(await strayRows()).toEqual([]);
    }),
    { numRuns: 40, seed: 3 },
  );
});

test("a new name finds its person, the old one no more, and no slip leads to it", async () => {
  await push(account(), user({ id: "usr_r", name: "Quentin Marlowe" }));
  expect(await found("marlowe")).toEqual(["usr_r"]);
  await push(user({ id: "usr_r", name: "Quentin Bramwell" }));
  expect(await found("marlowe")).toEqual([]);
  expect(await found("marlwoe")).toEqual([]);
  expect(await found("bramwlel")).toEqual(["usr_r"]);
});

test("who was seen meanwhile comes first, at once", async () => {
  const names = { name: "Wilhelmina Tock" };
  await push(
    user({ ...names, id: "usr_w1", email: "w1@a.test", last_seen_at: "2026-11-01T00:00:00Z" }),
    user({ ...names, id: "usr_w2", email: "w2@a.test", last_seen_at: "2026-11-02T00:00:00Z" }),
  );
  for (const q of ["wi", "wilh", "wilhelmina", "tock", "wilhelmina tock", "tock wilhelmina"])
    expect(await found(q)).toEqual(["usr_w2", "usr_w1"]);
  await push(
    user({ ...names, id: "usr_w1", email: "w1@a.test", last_seen_at: "2026-11-03T00:00:00Z" }),
  );
  for (const q of ["wi", "wilh", "wilhelmina", "tock", "wilhelmina tock", "tock wilhelmina"])
    expect(await found(q)).toEqual(["usr_w1", "usr_w2"]);
});

test("a name of many words, or of words beyond all measure, is taken and found", async () => {
  const long = "ﷺ".repeat(190);
  const many = Array.from({ length: 40 }, (_, i) => `w${i}`).join(" ");
  await push(
    user({ id: "usr_long", name: `Ada ${long}`, email: "long@a.test" }),
    user({ id: "usr_many", name: many, email: "many@a.test" }),
  );
  expect(await found(`ada ${long.slice(0, 100)}`)).toEqual(["usr_long"]);
  expect(await found("w39 w38")).toEqual(["usr_many"]);
  expect(await strayRows()).toEqual([]);
});

test("two pushes at once, of the same people and of another product's, leave what the last one said", async () => {
  const other = newId();
  await s.owner.query(
    `insert into products select $1, 'other', 'Other', environment, 'http://127.0.0.1:3009', redirect_uris, initiate_login_uri
     from products where client_id = 'ledger'`,
    [other],
  );
  const people = (name: string) =>
    Array.from({ length: 50 }, (_, i) =>
      user({ id: `usr_p${i}`, name: `${name} ${i}`, email: `p${i}@a.test` }),
    );
  const elsewhere = customersOf({ ...s, product: other });
  await Promise.all([
    push(...people("Ottoline")),
    push(...people("Ottilie")),
    elsewhere.push(account(), ...people("Ottokar").reverse()),
    elsewhere.push(account(), ...people("Ottoline")),
  ]);
  expect(await strayRows()).toEqual([]);
});

test("an account's new name waits for who is being written into it, and the other way round", async () => {
  const id = newId();
  await insert(s.owner, "accounts", {
    id,
    product_id: s.product,
    external_id: "acc_race",
    name: "Beforehand",
    tier: "standard",
    stance: "allowed",
  });
  const person = (external: string) => ({
    id: newId(),
    product_id: s.product,
    account_id: id,
    external_id: external,
    name: "Racer",
    email: `${external}@a.test`,
    role: "member",
    status: "active",
    kind: "person",
  });
  const rename = (name: string) => (sql: typeof first.sql) =>
    sql.query("update accounts set name = $2 where id = $1", [id, name]);

  const first = await opened(s.owner);
  await insert(first.sql, "subjects", person("usr_race1"));
  const renaming = await opened(s.owner);
  const renamed = renaming.race(rename("Afterwards"));
  await waits(s.owner, renaming);
  await first.commit();
  expect(await renamed).toBe("won");
  expect(await found("afterwards racer")).toEqual(["usr_race1"]);

  const second = await opened(s.owner);
  await rename("Finally")(second.sql);
  const adding = await opened(s.owner);
  const added = adding.race((sql) => insert(sql, "subjects", person("usr_race2")));
  await waits(s.owner, adding);
  await second.commit();
  expect(await added).toBe("won");
  expect((await found("finally racer")).sort()).toEqual(["usr_race1", "usr_race2"]);
  expect(await strayRows()).toEqual([]);
});

test("the panel itself may read what search reads, and write none of it", async () => {
  for (const statement of [
    "insert into name_tokens values (1, 'x', now(), gen_random_uuid(), 1)",
    "update name_words set word = 'x'",
    "delete from name_tokens",
  ])
    await expect(s.runtime.query(statement)).rejects.toThrow("permission denied");
});
