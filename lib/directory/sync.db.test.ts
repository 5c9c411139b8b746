import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { finishSync } from "./finish-sync.ts";
import { putDirectory } from "./put-directory.ts";
import { sweepSeen } from "./seen.ts";
import { beginSync, readSync } from "./sync.ts";
import { account, customersOf, must, numbered, ticket, user } from "./testing.ts";

const s = await scene();
const { ledger, push, pushIn } = customersOf(s);
const all = async (query: string) => (await s.owner.query(query)).rows;
const begin = async () => must(await beginSync(ledger)).id;
const finish = (syncId: string, more: { rejected?: number; gone?: number } = {}) =>
  finishSync(ledger, { syncId, rejected: 0, gone: 0, ...more });
const codeOf = async (verb: Promise<{ ok: boolean; error?: { code: string } }>) =>
  (await verb).error?.code;

// The scene's own customers go first, so that the numbers below are of those of this file.
const ten = [
  ...Array.from({ length: 10 }, (_, i) => account({ id: `acc_${i}` })),
  ...Array.from({ length: 10 }, (_, i) => user({ id: `usr_${i}`, account_id: `acc_${i}` })),
  ticket({ id: "SUP-9", account_id: "acc_9", user_id: "usr_9" }),
];
await push(...ten);
const first = await begin();
must(await pushIn(first, ...ten));
must(await finish(first, { gone: 4 }));

const people = () =>
  all(
    "select external_id as id, status from subjects where external_id ~ '^usr_[0-9]$' order by 1",
  );
const without = (n: number) => ten.filter(({ id }) => !id.endsWith(`_${n}`) && id !== `SUP-${n}`);

test("whom nobody named is gone: deactivated, closed, on record, and back when named again", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...without(9).slice(0, 5)));
  must(await pushIn(sync, ...without(9).slice(5)));
  expect(must(await finish(sync))).toMatchObject({
    status: "finished",
    gone: { accounts: 1, users: 1, tickets: 1 },
  });
  expect((await people()).filter(({ status }) => status !== "active")).toEqual([
    { id: "usr_9", status: "deactivated" },
  ]);
  const rows =
    await all(`select stance, t.status from accounts a join tickets t on t.account_id = a.id
    where external_id = 'acc_9'`);
  expect(rows).toEqual([{ stance: "closed", status: "closed" }]);
  const told = await all(`select p.body::jsonb -> 'changes' -> 0 as change from audit_entry e
    join audit_payload p on p.entry_id = e.id where p.body::jsonb ->> 'sync' = '${sync}'
    and event = 'directory.updated' order by e.id`);
  expect(told.map(({ change }) => change)).toEqual([
    { of: "usr_9", field: "status", before: "active", after: "deactivated" },
    { of: "acc_9", field: "stance", before: "allowed", after: "closed" },
  ]);
  await push(...ten);
  expect((await people()).every(({ status }) => status === "active")).toBe(true);
});

test("finishing again says the same and does nothing", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...ten));
  const once = must(await finish(sync));
  expect(must(await finish(sync))).toEqual(once);
  expect(must(await readSync(ledger, sync))).toEqual(once);
});

test("what was pushed beside the sync while it was open is not gone", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...without(8)));
  await push(account({ id: "acc_8" }), user({ id: "usr_8", account_id: "acc_8" }));
  expect(must(await finish(sync)).gone).toMatchObject({ accounts: 0, users: 0 });
});

test("more than a fifth gone is refused, unless whoever finishes says how many", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...ten.slice(0, 7), ...ten.slice(10, 17)));
  const refused = await finish(sync);
  expect(refused).toMatchObject({
    ok: false,
    error: {
      code: "would_empty",
      message:
        '3 of 10 accounts and 3 of 10 users were not named, more than a fifth. If they are gone, finish with "gone": 6.',
      detail: { accounts_missing: 3, users_missing: 3, gone: 6 },
    },
  });
  expect(await codeOf(finish(sync, { gone: 5 }))).toBe("would_empty");
  expect((await people()).every(({ status }) => status === "active")).toBe(true);
  expect(must(await finish(sync, { gone: 6 })).gone).toMatchObject({ accounts: 3, users: 3 });
  await push(...ten);
});

test("an empty sync is refused", async () => {
  expect(await codeOf(finish(await begin()))).toBe("would_empty");
});

test("a sync with lines that were not taken finishes only by whoever knows them", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...without(7), user({ id: "usr_7", account_id: "acc_7", email: "no" })));
  expect(await codeOf(finish(sync))).toBe("has_errors");
  const { gone } = must(await finish(sync, { rejected: 1 }));
  // Their line could not be taken, but it named them.
  expect(gone).toMatchObject({ accounts: 1, users: 0 });
  await push(...ten);
});

test("a sync that another took the place of takes nothing more and is never finished", async () => {
  const old = await begin();
  must(await pushIn(old, ...ten.slice(0, 3)));
  const next = await begin();
  expect(await codeOf(pushIn(old, ...ten))).toBe("conflict");
  expect(await codeOf(finish(old, { gone: 100 }))).toBe("conflict");
  expect(must(await readSync(ledger, old)).status).toBe("abandoned");
  must(await pushIn(next, ...ten));
  must(await finish(next));
  expect(await codeOf(pushIn(next, ...ten))).toBe("conflict");
});

test("a sender that was cut off learns how far it got and goes on", async () => {
  const sync = await begin();
  const broken = putDirectory(
    ledger,
    (async function* () {
      yield* numbered(Array.from({ length: 5000 }, () => account({ id: "acc_1" })));
      yield* numbered([account({ id: "acc_2" })]);
      throw new Error("The line is dead");
    })(),
    { sync },
  );
  await expect(broken).rejects.toThrow("The line is dead");
  expect(must(await readSync(ledger, sync))).toMatchObject({ last_line: 5000, lines: 5000 });
  const gap = await putDirectory(ledger, numbered(ten), { sync, from_line: 5002 });
  expect(gap).toMatchObject({ error: { code: "conflict", detail: { last_line: 5000 } } });
  const rest = await putDirectory(ledger, numbered([...ten, { type: "user" }]), {
    sync,
    from_line: 5001,
  });
  expect(must(rest)).toMatchObject({
    last_line: 5022,
    errors: [{ line: 5022, field: "id" }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
  });
});

test("another product's sync is unknown, and each question about it is on record", async () => {
  const refused = "select count(*)::int as n from audit_entry where event = 'directory.refused'";
  const [before] = await all(refused);
  const sync = await begin();
  const other = { ...ledger, actor: { ...ledger.actor, id: s.standard } };
  expect(await codeOf(readSync(other, sync))).toBe("not_found");
  expect(await codeOf(finishSync(other, { syncId: sync, rejected: 0, gone: 0 }))).toBe("not_found");
  expect(await codeOf(putDirectory(other, numbered(ten), { sync }))).toBe("not_found");
  expect(await all(refused)).toEqual([{ n: before?.n + 3 }]);
});

test("two finishes at once are one", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...without(6)));
  const [a, b] = await Promise.all([finish(sync), finish(sync)]);
  expect(must(a)).toEqual(must(b));
  const entries = await all(
    "select event from audit_entry e join audit_payload p on p.entry_id = e.id where event = 'directory.sync_finished' and p.body::jsonb ->> 'sync' = '" +
      `${sync}'`,
  );
  expect(entries).toHaveLength(1);
  await push(...ten);
});

test("what syncs that are over noted is swept, never what an open one did", async () => {
  const sync = await begin();
  must(await pushIn(sync, ...ten));
  while ((await sweepSeen(ledger, 5)) > 0);
  expect(await all("select distinct sync_id from directory_seen")).toEqual([{ sync_id: sync }]);
});
