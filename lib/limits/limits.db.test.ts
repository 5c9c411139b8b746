import { drizzle } from "drizzle-orm/node-postgres";
import { afterAll, describe, expect, it } from "vitest";
import { ageCounted } from "#db/testing/age.ts";
import { testDatabase } from "#db/testing/database.ts";
import { flushCounted } from "#lib/audit/flush-counted.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { heldPermits } from "./held.ts";
import { limited, retryAfterOf } from "./limited.ts";
import { limits } from "./limits.ts";
import { sweepLimits } from "./sweep.ts";
import { take } from "./take.ts";

const database = await testDatabase();
afterAll(() => database.drop());
const db = drizzle(database.runtime);
const slow = { most: 10, seconds: 86_400 };
const ctx: Ctx = {
  db,
  actor: { kind: "anonymous" },
  ip: "198.51.100.7",
  userAgent: null,
  requestId: newId(),
};
const age = (key: string, by: string) =>
  database.owner.query(
    "update rate_limits set full_at = full_at - $2::interval where key like $1 || '%'",
    [key, by],
  );

describe("a bucket", () => {
  it("gives exactly what it holds to many who ask at once", async () => {
    const asked = await Promise.all(Array.from({ length: 40 }, () => take(db, slow, "crowd")));
    expect(asked.filter(({ taken }) => taken === 1)).toHaveLength(10);
  });

  it("gives what is left of a block, and says when there is one again", async () => {
    expect((await take(db, slow, "block", 7)).taken).toBe(7);
    expect((await take(db, slow, "block", 7)).taken).toBe(3);
    const { taken, retryMs } = await take(db, slow, "block", 7);
    expect(taken).toBe(0);
    await age("block", `${retryMs - 60_000} milliseconds`);
    expect((await take(db, slow, "block", 7)).taken).toBe(0);
    await age("block", "60 seconds");
    expect((await take(db, slow, "block", 7)).taken).toBe(1);
  });

  it("is not emptied by asking, nor by being refused", async () => {
    for (let i = 0; i < 30; i += 1) await take(db, slow, "asked", 0);
    expect((await take(db, slow, "asked", 20)).taken).toBe(10);
    const first = await take(db, slow, "asked");
    const second = await take(db, slow, "asked");
    expect(second.retryMs).toBeLessThanOrEqual(first.retryMs);
  });

  it("is of one asker only", async () => {
    await take(db, slow, "greedy", 10);
    expect((await take(db, slow, "modest")).taken).toBe(1);
  });

  it("cannot be filled by who runs the panel", async () => {
    for (const statement of [
      "delete from rate_limits",
      "update rate_limits set full_at = '-infinity'",
      "insert into rate_limits values ('x', now())",
      "truncate rate_limits",
      "select * from last_searches",
    ])
      await expect(database.runtime.query(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

describe("blocks held by several panels", () => {
  const often = { most: 200, seconds: 86_400 };

  it("never come to more than the limit", async () => {
    const panels = [heldPermits(often), heldPermits(often), heldPermits(often)];
    const asked = await Promise.all(
      Array.from({ length: 600 }, (_, i) => panels[i % 3]?.(db, "shared")),
    );
    expect(asked.filter((one) => one?.taken === 1)).toHaveLength(200);
  });

  it("are given up when they were not used in time", async () => {
    let at = 0;
    const panel = heldPermits(often, () => at);
    expect((await panel(db, "late")).taken).toBe(1);
    at = 6_000;
    expect((await panel(db, "late")).taken).toBe(1);
    // Two blocks of two were taken for two permits.
    expect((await take(db, often, "late", 200)).taken).toBe(196);
  });

  it("fail when the database does not answer", async () => {
    const gone = drizzle("postgresql://nobody@127.0.0.1:1/none");
    await expect(heldPermits(often)(gone, "out")).rejects.toThrow();
    await expect(take(gone, often, "out")).rejects.toThrow();
  });
});

describe("limited", () => {
  it("refuses with whole seconds, and counts the refusals of a minute as one entry", async () => {
    const who = newId();
    const answers = [];
    const { most } = limits.request_of_person;
    for (let i = 0; i < most + 3; i += 1)
      answers.push(await limited(ctx, "request_of_person", who));
    expect(answers.filter((refusal) => refusal === null)).toHaveLength(most);
    const last = answers.at(-1);
    const seconds = last ? retryAfterOf(last) : null;
    expect(Number.isInteger(seconds)).toBe(true);
    // One permit comes back each 20 s.
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20);
    await ageCounted(database.owner);
    expect(await flushCounted(ctx)).toBe(1);
    const { rows } = await database.owner.query(
      "select body::jsonb as body from audit_payload join audit_entry on id = entry_id where event = 'limit.refused'",
    );
    expect(rows).toMatchObject([{ body: { refused: "request_of_person", count: 3 } }]);
  });

  it("counts an IPv6 network as one source", async () => {
    for (const ip of ["2001:db8::1", "2001:db8::ffff", "2001:db8:0:1::1"])
      expect(await limited({ ...ctx, ip }, "sign_in_from_source")).toBeNull();
    const { rows } = await database.owner.query(
      "select key from rate_limits where key like 'sign_in_from_source:2001%' order by key",
    );
    expect(rows.map(({ key }) => key)).toEqual([
      "sign_in_from_source:2001:db8:0:0::/64",
      "sign_in_from_source:2001:db8:0:1::/64",
    ]);
  });
});

it("forgets full buckets only", async () => {
  await take(db, slow, "kept");
  await take(db, slow, "swept");
  await age("swept", "1 day");
  await sweepLimits(db);
  const { rows } = await database.owner.query(
    "select key from rate_limits where key in ('kept', 'swept')",
  );
  expect(rows).toEqual([{ key: "kept" }]);
});
