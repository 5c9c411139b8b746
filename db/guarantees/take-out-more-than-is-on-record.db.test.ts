import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";

const s = await scene();
const cleo = await hire(s.owner, "cleo", ["compliance"]);
const carl = await hire(s.owner, "carl", ["compliance"]);

async function begin(sql: Sql, by = cleo, more: Row = {}): Promise<string> {
  const [id, signIn] = [newId(), newId()];
  await insert(sql, "staff_sign_ins", { id: signIn, staff_id: by });
  await insert(sql, "exports", {
    id,
    kind: "log",
    format: "csv",
    filter: {},
    reason: "External audit, request 7",
    started_by: by,
    sign_in_id: signIn,
    started_entry_id: await entry(sql, "export.started", { actor: by, body: { export: id } }),
    ...more,
  });
  return id;
}
const ended = async (sql: Sql, id: string, event: "export.finished" | "export.stopped") => ({
  ended_at: new Date(),
  ended_entry_id: await entry(sql, event, { actor: cleo, body: { export: id } }),
});
const whole = {
  rows_expected: 3,
  rows_done: 3,
  bytes: 9,
  sha256: "a".repeat(64),
  status: "complete",
};

test("without being of compliance", async () => {
  expect(await attack(s, (sql) => begin(sql, s.max))).toBe("export_without_role");
});

test("without its entry, by another's entry, or by one about another export", async () => {
  const old = await s.commit((sql) => entry(sql, "export.started", { actor: cleo }));
  expect(await attack(s, (sql) => begin(sql, cleo, { started_entry_id: old }))).toBe(
    "change_without_entry",
  );
  expect(
    await attack(s, async (sql) =>
      begin(sql, cleo, {
        started_entry_id: await entry(sql, "export.started", {
          actor: carl,
          body: { export: newId() },
        }),
      }),
    ),
  ).toBe("change_without_entry");
});

test("by the sign-in of somebody else, without a reason, twice at once", async () => {
  const signIn = newId();
  await insert(s.runtime, "staff_sign_ins", { id: signIn, staff_id: carl });
  expect(await attack(s, (sql) => begin(sql, cleo, { sign_in_id: signIn }))).toBe(
    "exports_own_sign_in",
  );
  expect(await attack(s, (sql) => begin(sql, cleo, { reason: "  short   " }))).toBe(
    "exports_reason_length",
  );
  expect(await attack(s, async (sql) => [await begin(sql, carl), await begin(sql, carl)])).toBe(
    "exports_one_running",
  );
});

test("as complete without its rows, its hash, its reader or its entry", async () => {
  const id = await s.commit((sql) => begin(sql));
  const finish = (row: Row) => (sql: Sql) => update(sql, "exports", id, row);
  expect(
    await attack(s, async (sql) =>
      finish({ ...whole, ...(await ended(sql, id, "export.finished")) })(sql),
    ),
  ).toBe("export_unread");
  await s.commit((sql) => update(sql, "exports", id, { fetched_at: new Date() }));
  for (const wrong of [{ sha256: null }, { rows_done: 2 }, { sha256: "x" }])
    expect(
      await attack(s, async (sql) =>
        finish({ ...whole, ...wrong, ...(await ended(sql, id, "export.finished")) })(sql),
      ),
    ).toMatch(/^exports_(complete|sha256)$/);
  expect(
    await attack(s, async (sql) =>
      finish({ ...whole, ...(await ended(sql, id, "export.stopped")) })(sql),
    ),
  ).toBe("change_without_entry");
  await s.commit(async (sql) =>
    finish({ ...whole, ...(await ended(sql, id, "export.finished")) })(sql),
  );
});

test("by changing one that is over, giving its file again, or going back", async () => {
  const over = await s.runtime.query("select id from exports where status = 'complete'");
  const id: string = over.rows[0].id;
  expect(await attack(s, (sql) => update(sql, "exports", id, { rows_done: 4 }))).toBe(
    "export_over",
  );
  const running = await s.commit((sql) => begin(sql));
  await s.commit((sql) =>
    update(sql, "exports", running, { fetched_at: new Date(), rows_done: 5, bytes: 50 }),
  );
  expect(await attack(s, (sql) => update(sql, "exports", running, { rows_done: 4 }))).toBe(
    "export_backwards",
  );
  expect(await attack(s, (sql) => update(sql, "exports", running, { fetched_at: null }))).toBe(
    "export_fetched",
  );
  expect(
    await attack(s, (sql) => update(sql, "exports", running, { reason: "Another reason, later" })),
  ).toBe("42501");
  await expect(
    s.owner.query("update exports set reason = 'Another reason, later' where id = $1", [running]),
  ).rejects.toMatchObject({ constraint: "export_frozen" });
  for (const statement of ["delete from exports", "truncate exports"]) {
    expect(await attack(s, (sql) => sql.query(statement))).toBe("42501");
    await expect(s.owner.query(statement)).rejects.toMatchObject({
      constraint: "exports_append_only",
    });
  }
});

test("by an old sign-in, or somebody else's, where the policy wants a fresh one", async () => {
  const cyra = await hire(s.owner, "cyra", ["compliance"]);
  const signIn = async (staff_id: string, minutesOld: number, more: Row = {}) => {
    const id = newId();
    const auth_time = new Date(Date.now() - minutesOld * 60_000);
    await insert(s.owner, "staff_sign_ins", { id, staff_id, auth_time, ...more });
    return id;
  };
  const by = async (sign_in_id: string) => attack(s, (sql) => begin(sql, cyra, { sign_in_id }));
  await ruleBy(s.owner, { freshSignIn: { export: 15, acr: "mfa" } });
  expect(await by(await signIn(cyra, 16, { acr: "mfa" }))).toBe("export_sign_in");
  expect(await by(await signIn(carl, 1, { acr: "mfa" }))).toBe("export_sign_in");
  expect(await by(await signIn(cyra, 1))).toBe("export_sign_in");
  const strong = await signIn(cyra, 14, { acr: "mfa" });
  await s.commit((sql) => begin(sql, cyra, { sign_in_id: strong }));
  await ruleBy(s.owner);
  const clio = await hire(s.owner, "clio", ["compliance"]);
  const old = await signIn(clio, 600);
  await s.commit((sql) => begin(sql, clio, { sign_in_id: old }));
});
