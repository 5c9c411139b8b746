import { beforeAll, expect, it } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";

const s = await scene();
const issuer = "https://login.acme.test";

/** As a first sign-in binds; `more` overrides columns. */
async function bind(sql: Sql, staffId: string, subject: string, more: Row = {}): Promise<string> {
  const id = newId();
  await insert(sql, "staff_identities", {
    id,
    staff_id: staffId,
    issuer,
    subject,
    bound_entry_id:
      "bound_entry_id" in more
        ? more.bound_entry_id
        : await entry(sql, "identity.bound", { actor: staffId }),
    ...more,
  });
  return id;
}
const signIn = (sql: Sql, staffId: string, subject: string, more: Row = {}) =>
  insert(sql, "staff_sign_ins", {
    id: newId(),
    staff_id: staffId,
    how: "issuer",
    issuer,
    subject,
    ...more,
  });

let ana: string;
beforeAll(async () => {
  ana = await s.commit((sql) => bind(sql, s.ana, "sub-ana"));
  await s.commit((sql) => signIn(sql, s.ana, "sub-ana", { id_token: "sealed" }));
});

it("binds nobody's subject to somebody else, nor a second one to the same person", async () => {
  expect(await attack(s, (sql) => bind(sql, s.max, "sub-ana"))).toBe("staff_identities_subject");
  expect(await attack(s, (sql) => bind(sql, s.ana, "sub-other"))).toBe("staff_identities_person");
});

it("does not change, release or remove what is bound", async () => {
  for (const change of [{ subject: "x" }, { staff_id: s.max }, { released_at: new Date() }])
    expect(await attack(s, (sql) => update(sql, "staff_identities", ana, change))).toBe("42501");
  expect(await attack(s, (sql) => sql.query("delete from staff_identities"))).toBe("42501");
});

it("binds on record only, by an entry of the same transaction about that person", async () => {
  const old = await s.commit((sql) => entry(sql, "identity.bound", { actor: s.ben }));
  expect(await attack(s, (sql) => bind(sql, s.ben, "sub-ben", { bound_entry_id: old }))).toBe(
    "change_without_entry",
  );
  expect(
    await attack(s, async (sql) => {
      const other = await entry(sql, "identity.bound", { actor: s.max });
      await bind(sql, s.ben, "sub-ben", { bound_entry_id: other });
    }),
  ).toBe("change_without_entry");
  expect(
    await attack(s, async (sql) => {
      const other = await entry(sql, "sign_in.started", { actor: s.ben });
      await bind(sql, s.ben, "sub-ben", { bound_entry_id: other });
    }),
  ).toBe("change_without_entry");
});

it("binds nobody who is deactivated", async () => {
  const gone = await s.agent("gone");
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
    [gone],
  );
  expect(await attack(s, (sql) => bind(sql, gone, "sub-gone"))).toBe("identity_of_nobody");
});

it("signs nobody in by a subject that is not bound to them", async () => {
  expect(await attack(s, (sql) => signIn(sql, s.max, "sub-ana"))).toBe("sign_in_not_bound");
  expect(await attack(s, (sql) => signIn(sql, s.ana, "sub-other"))).toBe("sign_in_not_bound");
  expect(await attack(s, (sql) => signIn(sql, s.ana, "sub-ana", { issuer: "https://evil" }))).toBe(
    "sign_in_not_bound",
  );
  expect(await attack(s, (sql) => signIn(sql, s.ana, "sub-ana", { subject: null }))).toBe(
    "sign_in_not_bound",
  );
  expect(await attack(s, (sql) => signIn(sql, s.ana, "sub-ana", { how: "persona" }))).toBe(
    "staff_sign_ins_by_issuer",
  );
});

it("signs nobody out of a subject whose binding was released back in", async () => {
  const id = await s.commit((sql) => bind(sql, s.moe, "sub-moe"));
  await update(s.owner, "staff_identities", id, { released_at: new Date() });
  expect(await attack(s, (sql) => signIn(sql, s.moe, "sub-moe"))).toBe("sign_in_not_bound");
  // And the owner releases once: the binding of before does not come back.
  await expect(update(s.owner, "staff_identities", id, { released_at: null })).rejects.toThrow(
    "released once",
  );
});

it("takes the times of a sign-in from the database, and no proof from the future", async () => {
  const id = newId();
  const future = new Date(Date.now() + 3_600_000);
  const times = { created_at: future, last_active_at: future, auth_time: future };
  await s.commit((sql) => signIn(sql, s.ana, "sub-ana", { id, ...times }));
  const { rows } = await s.owner.query(
    `select created_at <= clock_timestamp() and last_active_at = created_at and auth_time = created_at as held
       from staff_sign_ins where id = $1`,
    [id],
  );
  expect(rows).toEqual([{ held: true }]);
});

it("forgets the token of a sign-in with its end, and takes no other", async () => {
  const change = "update staff_sign_ins set id_token = 'another' where id_token is not null";
  expect(await attack(s, (sql) => sql.query(change))).toBe("42501");
  await s.runtime.query(
    "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'signed_out' where subject = 'sub-ana'",
  );
  const { rows } = await s.owner.query(
    "select count(*)::int as kept from staff_sign_ins where id_token is not null",
  );
  expect(rows).toEqual([{ kept: 0 }]);
});
