import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { opened, waits } from "#db/testing/race.ts";
import { decide, type Item, itemOf, openReview } from "#db/testing/review.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const pat = await hire(s.owner, "pat", ["manager"]);
const review = await openReview(s, { [s.ana]: s.max, [s.ben]: s.max, [s.moe]: pat, [s.mia]: pat });
const [ana, ben] = [await agent(s.ana), await agent(s.ben)];
const [moe, mia] = [await agent(s.moe), await itemOf(s.owner, review, s.mia, "manager")];
function agent(person: string): Promise<Item> {
  return itemOf(s.owner, review, person, "agent");
}

const look = async (sql: Sql, item: Item, about = item.id) =>
  insert(sql, "review_looks", {
    ...{ id: newId(), item_id: item.id, reader_id: item.reviewer },
    entry_id: await entry(sql, "review.looked", {
      actor: item.reviewer,
      body: { item_id: about },
    }),
  });

test("several in one transaction as if one by one", async () => {
  const both = async (sql: Sql) => {
    await decide(sql, ana);
    await decide(sql, ben);
  };
  expect(await attack(s, both)).toBe("review_one_by_one");
  const mixed = async (sql: Sql) => {
    await decide(sql, ana);
    await decide(sql, ana, { justification: "And thought about it again" });
  };
  expect(await attack(s, mixed)).toBe("review_one_by_one");
});

test("a look at one item that is on record of another", async () => {
  expect(await attack(s, (sql) => look(sql, ana, ben.id))).toBe("review_entry_of_item");
});

test("an entry that tells of more time, or of one by one", async () => {
  const lies: Row[] = [
    { seconds: 600 },
    { in_bulk: true },
    { justification: "They need it every single day" },
  ];
  for (const body of lies)
    expect(await attack(s, (sql) => decide(sql, ana, { body }))).toBe("review_entry_says_else");
});

test("all opened beside each other: the time on one is not the time on the next", async () => {
  await s.commit(async (sql) => {
    await look(sql, ana);
    await look(sql, ben);
  });
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "review_looks", () =>
      sql.query("update review_looks set at = at - interval '10 minutes'"),
    ),
  );
  for (const item of [ana, ben]) await s.commit((sql) => decide(sql, item));
  const { rows } = await s.owner.query(
    "select seconds between 600 and 700 as first, seconds < 300 as next from review_decisions order by decided_at",
  );
  expect(rows).toEqual([
    { first: true, next: false },
    { first: false, next: true },
  ]);
});

test("another decision without another look: there is no time on it", async () => {
  await s.commit((sql) => decide(sql, ana, { justification: "Thought about it once more" }));
  const { rows } = await s.owner.query(
    "select seconds from review_decisions where item_id = $1 order by decided_at",
    [ana.id],
  );
  expect(rows).toEqual([{ seconds: expect.any(Number) }, { seconds: null }]);
});

test("as many in a minute as nobody reads, and compliance is not told", async () => {
  const reviews = { rushedDecisions: 2 };
  await insert(s.owner, "policy_versions", { version: 15, body: { ...policy14, reviews } });
  const first = await opened(s.runtime);
  await decide(first.sql, moe);
  const second = await opened(s.runtime);
  // Not beside each other either: the second sees what the first decided.
  const outcome = second.race((sql) => decide(sql, mia));
  await waits(s.owner, second);
  await first.commit();
  expect(await outcome).toBe("review_rush_untold");
  const told = async (sql: Sql) => {
    await decide(sql, mia);
    await entry(sql, "review.rushed", { actor: pat });
  };
  await s.commit(told);
});
