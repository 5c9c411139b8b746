import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql } from "#db/testing/sql.ts";

const s = await scene();
const admin = await hire(s.owner, "adm", ["admin"]);

async function signIn(staff: string): Promise<string> {
  const id = newId();
  await insert(s.runtime, "staff_sign_ins", { id, staff_id: staff });
  return id;
}
const signIns = { max: await signIn(s.max), mia: await signIn(s.mia) };

let codes = 0;
async function code(sql: Sql, staff = s.max, signInId = signIns.max, more: Row = {}) {
  codes += 1;
  const id = newId();
  await insert(sql, "slack_codes", {
    id,
    staff_id: staff,
    sign_in_id: signInId,
    user_id: "U0MAX",
    code_hash: Buffer.alloc(32, codes),
    ...more,
  });
  return id;
}
async function link(sql: Sql, codeId: string, more: Row = {}) {
  const id = newId();
  const staff = String(more.staff_id ?? s.max);
  await insert(sql, "slack_identities", {
    id,
    staff_id: staff,
    team_id: "T0ONE",
    user_id: "U0MAX",
    code_id: codeId,
    linked_entry_id: await entry(sql, "slack.linked", { actor: staff }),
    ...more,
  });
  return id;
}
const end = async (sql: Sql, id: string, by: string) =>
  sql.query(
    "update slack_identities set ended_at = now(), ended_by = $2, ended_entry_id = $3 where id = $1",
    [id, by, await entry(sql, "slack.unlinked", { actor: by })],
  );

test("without a code, with another's, for another member, twice, or too late", async () => {
  const made = await s.commit((sql) => code(sql));
  expect(await attack(s, (sql) => link(sql, newId()))).toBe("slack_code_of_another");
  expect(await attack(s, (sql) => link(sql, made, { staff_id: s.mia }))).toBe(
    "slack_code_of_another",
  );
  expect(await attack(s, (sql) => link(sql, made, { user_id: "U0MIA" }))).toBe(
    "slack_code_of_another",
  );
  const late = await s.commit((sql) => code(sql));
  await s.owner.query("update slack_codes set good_until = now() where id = $1", [late]);
  expect(await attack(s, (sql) => link(sql, late))).toBe("slack_code_late");
  const id = await s.commit((sql) => link(sql, made));
  await s.commit((sql) => end(sql, id, s.max));
  expect(await attack(s, (sql) => link(sql, made))).toBe("slack_code_used");
});

test("by a code of somebody else's sign-in, or of one that is over", async () => {
  expect(await attack(s, (sql) => code(sql, s.mia, signIns.max))).toBe("slack_code_sign_in");
  const over = await signIn(s.max);
  const made = await s.commit((sql) => code(sql, s.max, over));
  await s.owner.query(
    "update staff_sign_ins set ended_at = now(), end_cause = 'signed_out' where id = $1",
    [over],
  );
  expect(await attack(s, (sql) => link(sql, made))).toBe("slack_code_sign_in");
  expect(await attack(s, (sql) => code(sql, s.max, over))).toBe("slack_code_sign_in");
});

test("for two at once, or without its entry", async () => {
  const [one, again] = await s.commit(async (sql) => [await code(sql), await code(sql)]);
  const others = await s.commit((sql) => code(sql, s.mia, signIns.mia));
  const id = await s.commit((sql) => link(sql, one ?? ""));
  expect(await attack(s, (sql) => link(sql, again ?? ""))).toMatch(/^slack_identities_of_/);
  expect(await attack(s, (sql) => link(sql, others, { staff_id: s.mia }))).toBe(
    "slack_identities_of_user",
  );
  await s.commit((sql) => end(sql, id, admin));
  const { rows } = await s.owner.query("select id from audit_entry where event = 'slack.linked'");
  expect(await attack(s, (sql) => link(sql, again ?? "", { linked_entry_id: newId() }))).toMatch(
    /change_without_entry|linked_entry/,
  );
  expect(
    await attack(s, (sql) => link(sql, again ?? "", { linked_entry_id: rows[0]?.id })),
  ).toMatch(/change_without_entry|own_entry/);
});

test("by changing one, ending somebody else's, or bringing one back", async () => {
  const id = await s.commit(async (sql) => link(sql, await code(sql)));
  expect(await attack(s, (sql) => end(sql, id, s.mia))).toBe("slack_identity_of_another");
  for (const set of ["user_id = 'U0MIA'", `staff_id = '${s.mia}'`, "team_id = 'T0TWO'"])
    expect(await attack(s, (sql) => sql.query(`update slack_identities set ${set}`))).toBe("42501");
  expect(await attack(s, (sql) => sql.query("update slack_codes set user_id = 'U0MIA'"))).toBe(
    "42501",
  );
  await s.commit((sql) => end(sql, id, s.max));
  expect(
    await attack(s, (sql) =>
      sql.query(
        "update slack_identities set ended_at = null, ended_by = null, ended_entry_id = null",
      ),
    ),
  ).toBe("slack_identity_frozen");
  for (const table of ["slack_codes", "slack_identities"]) {
    expect(await attack(s, (sql) => sql.query(`delete from ${table}`))).toBe("42501");
    const asOwner = { owner: s.owner, runtime: s.owner };
    expect(await attack(asOwner, (sql) => sql.query(`delete from ${table}`))).toBe(
      `${table}_append_only`,
    );
  }
});
