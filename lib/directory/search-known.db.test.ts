import { expect, test } from "vitest";
import { ageSession } from "#db/testing/age.ts";
import { standInFor } from "#db/testing/breadth.ts";
import { scene } from "#db/testing/scene.ts";
import { searchSubjects } from "./search.ts";
import { account, customersOf, user } from "./testing.ts";

const s = await scene();
const { ana, push } = customersOf(s);
const carl = await s.agent("carl");
const dora = await s.agent("dora");
await s.owner.query("update staff set team = 'Americas support' where id = $1", [dora]);

const names = [
  "Jane Ashdown",
  "Maria Lopez Garcia",
  "Анна Жукова",
  "Юрий Щербаков",
  "Γιώργος Παπαδόπουλος",
  "Jürgen Müller",
  "Berta Mueller",
  "Søren Østergård",
  "Olga Zhukova",
  "山田太郎",
];
await push(
  account({ id: "acc_n", name: "Northwind" }),
  ...names.map((name, i) =>
    user({ id: `usr_n${i}`, account_id: "acc_n", name, email: `p${i}@northwind.test` }),
  ),
);
const found = async (q: string) => (await searchSubjects(ana, { q })).hits.map((hit) => hit.name);

test.each([
  ["Ashdown Jane", ["Jane Ashdown"]],
  ["Garcia Maria", ["Maria Lopez Garcia"]],
  ["J. Ashdown", ["Jane Ashdown"]],
  ["Ashdown J.", ["Jane Ashdown"]],
  ["J A", ["Jane Ashdown"]],
  ["A. J.", ["Jane Ashdown"]],
  ["J.A.", ["Jane Ashdown"]],
  ["M. L. G.", ["Maria Lopez Garcia"]],
  ["MLG", ["Maria Lopez Garcia"]],
  ["m g", ["Maria Lopez Garcia"]],
  ["А. Жукова", ["Анна Жукова"]],
])("%s finds by order and initials", async (q, expected) => {
  expect(await found(q)).toEqual(expected);
});

test.each([
  ["anna zhukova", ["Анна Жукова"]],
  ["zhukova", ["Анна Жукова", "Olga Zhukova"]],
  ["zhuk", ["Анна Жукова", "Olga Zhukova"]],
  // An initial first, a letter in the middle of a word after it.
  ["A. Zhukova", ["Анна Жукова", "Olga Zhukova"]],
  ["жукова", ["Анна Жукова", "Olga Zhukova"]],
  ["yuriy shcherbakov", ["Юрий Щербаков"]],
  ["giorgos", ["Γιώργος Παπαδόπουλος"]],
  ["papadopoulos", ["Γιώργος Παπαδόπουλος"]],
  ["muller", ["Jürgen Müller"]],
  ["mueller", ["Jürgen Müller", "Berta Mueller"]],
  ["Müller", ["Jürgen Müller", "Berta Mueller"]],
  ["oestergaard", ["Søren Østergård"]],
  ["ostergard", ["Søren Østergård"]],
  ["zhukova northwind", ["Анна Жукова", "Olga Zhukova"]],
  // The end of a word is found too.
  ["ukova", ["Анна Жукова", "Olga Zhukova"]],
])("%s finds in other letters", async (q, expected) => {
  expect((await found(q)).sort()).toEqual([...expected].sort());
});

test("as it is typed comes before as it is spelled, and a slip in Latin letters is forgiven", async () => {
  expect((await found("жукова"))[0]).toBe("Анна Жукова");
  expect((await found("müller"))[0]).toBe("Jürgen Müller");
  expect((await found("zhukvoa")).sort()).toEqual(["Olga Zhukova", "Анна Жукова"]);
});

test.each([
  "Jane <p0@northwind.test>",
  " p0@northwind.test ",
  "mailto:p0@northwind.test?subject=Hi",
  "p0 @ northwind.test",
  "<usr_n0>",
])("%s finds its one person", async (q) => expect(await found(q)).toEqual(["Jane Ashdown"]));

test.each([
  "%",
  "_",
  "\\",
  "'",
  '"',
  "); drop table subjects; --",
  "\0",
  "\u202e",
  "\u0301\u0301",
  "a".repeat(200),
  "ё".repeat(200),
  "j ".repeat(100),
  "((((((((",
  "[[:alpha:]]{5,}",
  "{p0,p1}",
  "\ud800",
  "😀😀",
])("%j is no more than text", async (q) => {
  const { hits } = await searchSubjects(ana, { q });
  expect(hits.length).toBeLessThanOrEqual(20);
});

async function met(agent: string, who: string) {
  const { rows } = await s.owner.query<{ id: string; account: string }>(
    "select id, account_id as account from subjects where external_id = $1",
    [who],
  );
  const [one] = rows;
  if (!one) throw new Error("Nobody");
  return s.commit((sql) => standInFor(sql, agent, { ...one, product: s.product }));
}

test("among equal matches the account that the agent met comes first, then the team's, then who was last seen", async () => {
  const accounts = ["a", "b", "c", "d"];
  await push(
    ...accounts.map((one) => account({ id: `acc_${one}`, name: `Firm ${one}` })),
    ...accounts.map((one, i) =>
      user({
        id: `usr_${one}`,
        account_id: `acc_${one}`,
        name: "Wilma Oakes",
        email: `wilma@${one}.test`,
        last_seen_at: `2026-11-2${8 - i}T08:00:00Z`,
      }),
    ),
    ...["b", "c", "d"].map((one) =>
      user({ id: `usr_m${one}`, account_id: `acc_${one}`, name: "Other", email: `m@${one}.test` }),
    ),
  );
  const order = async (q = "wilma", by = ana) =>
    (await searchSubjects(by, { q })).hits.map((hit) => hit.externalId?.replace("usr_", ""));
  expect(await order()).toEqual(["a", "b", "c", "d"]);
  // Another team's work is of no account here.
  await met(dora, "usr_mb");
  expect(await order()).toEqual(["a", "b", "c", "d"]);
  await met(carl, "usr_mc");
  expect(await order()).toEqual(["c", "a", "b", "d"]);
  const own = await met(s.ana, "usr_md");
  for (const q of [
    "wilma",
    "wi",
    "oakes",
    "wilma oakes",
    "oakes wilma",
    "W. Oakes",
    "W O",
    "ilma oake",
  ])
    expect(await order(q)).toEqual(["d", "c", "a", "b"]);
  // Never across tiers: who is called so in whole comes before whose account was met.
  await push(user({ id: "usr_w", account_id: "acc_a", name: "Wilm Oakes", email: "wilm@a.test" }));
  expect(await order("wilm")).toEqual(["w", "d", "c", "a", "b"]);
  // For a colleague it is the other way round, and for another team it is nobody.
  expect(await order("wilma", { ...ana, actor: { ...ana.actor, id: carl } })).toEqual([
    "c",
    "d",
    "a",
    "b",
  ]);
  const elsewhere = { ...ana.actor, id: s.ben, team: "Nobody's" };
  expect(await order("wilma", { ...ana, actor: elsewhere })).toEqual(["a", "b", "c", "d"]);

  // Whom nobody may stand in for any more is found where they were before, and so are all of a closed account.
  await push(
    user({
      id: "usr_d",
      account_id: "acc_d",
      name: "Wilma Oakes",
      email: "wilma@d.test",
      last_seen_at: "2026-11-25T08:00:00Z",
      status: "deactivated",
    }),
  );
  expect(await order()).toEqual(["c", "a", "b", "d"]);
  await push(account({ id: "acc_c", name: "Firm c", impersonation: "closed" }));
  expect(await order()).toEqual(["a", "b", "c", "d"]);
  await s.owner.query("update subjects set status = 'active' where external_id = 'usr_d'");
  expect(await order()).toEqual(["d", "a", "b", "c"]);

  await ageSession(s.owner, own, "31 days");
  expect(await order()).toEqual(["a", "b", "c", "d"]);
});

test("of many who are called the same the met are sought among the forty last seen", async () => {
  const numbers = Array.from({ length: 60 }, (_, i) => i);
  await push(
    ...numbers.map((i) => account({ id: `acc_o${i}`, name: `Branch ${i}` })),
    ...numbers.map((i) =>
      user({
        id: `usr_o${i}`,
        account_id: `acc_o${i}`,
        name: "Otto Lind",
        email: `otto@o${i}.test`,
        last_seen_at: new Date(Date.UTC(2026, 10, 20) - i * 3_600_000).toISOString(),
      }),
    ),
  );
  await met(carl, "usr_o55");
  await met(carl, "usr_o35");
  const { hits } = await searchSubjects(ana, { q: "otto lind" });
  expect(hits.slice(0, 3).map(({ externalId }) => externalId)).toEqual([
    "usr_o35",
    "usr_o0",
    "usr_o1",
  ]);
});
