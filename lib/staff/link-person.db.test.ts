import { drizzle } from "drizzle-orm/node-postgres";
import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import type { Sql } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { linkPerson, readSamePerson } from "./link-person.ts";

const s = await scene();
const db = drizzle(s.runtime);
const kesi = await hire(s.owner, "kesi", ["admin"]);
const second = await hire(s.owner, "second", ["admin"]);
const as = (id: string, roles: ("admin" | "manager")[]) => ({
  ...{ db, ip: "198.51.100.7", userAgent: "test", requestId: newId() },
  actor: {
    ...{ kind: "staff" as const, id, name: "kesi", email: "kesi@alongside.test", roles },
    ...{ team: "Admins", zone: "UTC", signInId: newId(), authTime: new Date(), acr: null },
  },
});
const admin = as(kesi, ["admin"]);
const email = (name: string) => `${name}@alongside.test`;
const reason = "They told me so themselves.";
const code = (result: { ok: boolean; error?: { code: string } }) =>
  result.ok ? "ok" : result.error?.code;

test("two accounts are one person, and a third with them", async () => {
  const link = (staffId: string, otherEmail: string) =>
    linkPerson(admin, { staffId, otherEmail, reason });
  expect(code(await link(s.ana, email("nobody")))).toBe("invalid");
  expect(code(await link(s.ana, email("ana")))).toBe("invalid");
  expect(code(await link(kesi, email("ana")))).toBe("own_record");
  expect(code(await link(s.ana, email("MAX")))).toBe("ok");
  expect(code(await link(s.max, email("ana")))).toBe("invalid");
  expect(code(await link(s.ana, email("moe")))).toBe("ok");
  expect((await readSamePerson(db, s.moe)).map(({ name }) => name)).toEqual(["ana", "max"]);
  const { rows } = await s.owner.query(
    "select count(*)::int as n from audit_entry where event = 'person.linked'",
  );
  // The second time both of them were.
  expect(rows).toEqual([{ n: 3 }]);
  const manager = await linkPerson(as(s.mia, ["manager"]), {
    ...{ staffId: s.ben, otherEmail: email("mia"), reason },
  });
  expect(code(manager)).toBe("not_allowed");
});

const say = async (
  sql: Sql,
  event: "person.linked" | "person.unlinked",
  who: string,
  personId: string,
  by = kesi,
) => {
  const entryId = await entry(sql, event, { actor: by, body: { person: who } });
  await sql.query("update staff set person_id = $2, person_entry_id = $3 where id = $1", [
    who,
    personId,
    entryId,
  ]);
};
const personOf = async (id: string) =>
  String(
    (await s.owner.query("select person_id from staff where id = $1", [id])).rows[0]?.person_id,
  );

test("nobody is parted by linking them to another, nor by one admin alone", async () => {
  const [moe, mia] = [await personOf(s.moe), await personOf(s.mia)];
  expect(moe).not.toBe(mia);
  expect(await attack(s, (sql) => say(sql, "person.linked", s.ana, mia))).toBe(
    "staff_person_left_behind",
  );
  expect(await attack(s, (sql) => say(sql, "person.unlinked", s.ana, newId()))).toBe(
    "staff_person_second_admin",
  );
  expect(await attack(s, (sql) => say(sql, "person.linked", s.ana, newId()))).toBe(
    "staff_change_without_entry",
  );
  expect(await attack(s, (sql) => say(sql, "person.linked", s.mia, moe, s.max))).toBe(
    "staff_change_not_admin",
  );
  const bare = "update staff set person_id = $2 where id = $1";
  expect(await attack(s, (sql) => sql.query(bare, [s.ben, moe]))).toBe(
    "staff_person_without_entry",
  );
});

test("two admins part them: one proposed it, the other says it by accepting", async () => {
  const part = async (sql: Sql, decider: string, after: object) => {
    const made = await entry(sql, "proposal.made", { actor: kesi });
    const id = newId();
    await sql.query(
      `insert into proposals (id, kind, staff_id, before, after, reason, proposed_by, lapses_at, made_entry_id)
         values ($1, 'role', $2, '{}', $3, 'They are two people', $4, now() + interval '7 days', $5)`,
      [id, s.ana, after, kesi, made],
    );
    const decided = await entry(sql, "proposal.accepted", { actor: decider });
    await sql.query(
      "update proposals set status = 'accepted', decided_by = $2, decided_at = now(), decided_entry_id = $3 where id = $1",
      [id, decider, decided],
    );
    await say(sql, "person.unlinked", s.ana, newId(), decider);
  };
  const own = { person: "own" };
  expect(await attack(s, (sql) => part(sql, kesi, own))).toBe("proposal_own");
  expect(await attack(s, (sql) => part(sql, second, {}))).toBe("staff_person_second_admin");
  await s.commit((sql) => part(sql, second, own));
  expect(await readSamePerson(db, s.ana)).toEqual([]);
});
