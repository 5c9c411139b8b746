import { v7 as newId } from "uuid";
import { beforeEach, expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { addAccount } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
let account = "";
let of = "";
beforeEach(async () => {
  account = await addAccount(s.owner, s.product, "standard");
  await s.owner.query(
    "update accounts set gone_stance = stance, pushed_stance = stance, stance = 'closed' where id = $1",
    [account],
  );
  const { rows } = await s.owner.query("select external_id from accounts where id = $1", [account]);
  of = String(rows[0]?.external_id);
});
const reopen = (sql: Sql, more = {}) =>
  update(sql, "accounts", account, { stance: "allowed", gone_stance: null, ...more });
const told = (sql: Sql, change: object, by: object = { push: "p-1" }) =>
  entry(sql, "directory.updated", {
    account,
    body: {
      ...by,
      changes: [{ of, field: "stance", before: "closed", after: "allowed", ...change }],
    },
  });

test("it comes back by a push that is on record as having named it, and by no other word", async () => {
  expect(await attack(s, (sql) => reopen(sql))).toBe("directory_change_without_entry");
  for (const other of [
    { of: "acc_other" },
    { field: "tier" },
    { before: "opted_out" },
    { after: "opted_out" },
  ])
    expect(
      await attack(s, async (sql) => {
        await told(sql, other);
        await reopen(sql);
      }),
    ).toBe("flag_reopened_untold");
  const bySync = async (sql: Sql) => {
    await told(sql, {}, { sync: newId() });
    await reopen(sql);
  };
  expect(await attack(s, bySync)).toBe("flag_reopened_untold");
  await s.commit(async (sql) => {
    await told(sql, {});
    await reopen(sql);
  });
});

test("nobody reopens it by calling that stricter", async () => {
  const said = async (sql: Sql, event: "flag.tightened" | "flag.loosened") =>
    entry(sql, event, {
      ...{ actor: s.max, account },
      body: { flag: "stance", before: "closed", after: "allowed" },
    });
  for (const event of ["flag.tightened", "flag.loosened"] as const) {
    const outcome = await attack(s, async (sql) =>
      reopen(sql, { stance_entry_id: await said(sql, event) }),
    );
    expect(outcome).toBe(
      event === "flag.loosened" ? "flag_loosened_alone" : "flag_change_without_entry",
    );
  }
});

test("two managers reopen it, as they loosen anything", async () => {
  const id = newId();
  await s.commit(async (sql) =>
    insert(sql, "proposals", {
      ...{ id, kind: "flag", account_id: account, proposed_by: s.max, reason: "They are back" },
      ...{ before: { stance: "closed" }, after: { stance: "allowed" } },
      lapses_at: new Date(Date.now() + 86_400_000),
      made_entry_id: await entry(sql, "proposal.made", { actor: s.max, account }),
    }),
  );
  await s.commit(async (sql) => {
    await update(sql, "proposals", id, {
      ...{ status: "accepted", decided_by: s.mia, decided_at: new Date() },
      decided_entry_id: await entry(sql, "proposal.accepted", { actor: s.mia, account }),
    });
    await reopen(sql, {
      stance_entry_id: await entry(sql, "flag.loosened", {
        ...{ actor: s.mia, account },
        body: { flag: "stance", before: "closed", after: "allowed" },
      }),
    });
  });
});
