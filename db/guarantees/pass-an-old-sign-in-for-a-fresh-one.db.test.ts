import { beforeAll, expect, it } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row, type Sql, update } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";

const s = await scene();
const [own, other] = [newId(), newId()];
const hourAgo = new Date(Date.now() - 3_600_000);

beforeAll(async () => {
  await insert(s.runtime, "staff_sign_ins", { id: own, staff_id: s.ana, auth_time: hourAgo });
  await insert(s.runtime, "staff_sign_ins", { id: other, staff_id: s.ben, auth_time: hourAgo });
});

/** Moves the sign-in's proof to now, as a renewal does; `more` is what the attack does otherwise. */
async function renew(sql: Sql, id: string, actor: string, more: Row = {}, names = id) {
  const body = { sign_in: names };
  const renewed_entry_id = await entry(sql, "sign_in.renewed", { actor, body });
  await update(sql, "staff_sign_ins", id, { auth_time: new Date(), renewed_entry_id, ...more });
}
const refusalOf = async (minutes: number | null, acr: string | null = null, id = own) => {
  const { rows } = await s.runtime.query("select fresh_refusal($1, $2, $3) as why", [
    id,
    minutes,
    acr,
  ]);
  return rows[0]?.why;
};

it("moves no proof without an entry, nor with one of another person, sign-in, kind or time", async () => {
  const forged = (change: Row) => attack(s, (sql) => update(sql, "staff_sign_ins", own, change));
  expect(await forged({ auth_time: new Date() })).toBe("sign_in_renewed_without_entry");
  expect(await forged({ acr: "mfa" })).toBe("sign_in_renewed_without_entry");
  expect(await forged({ sid: "another" })).toBe("sign_in_renewed_without_entry");
  const before = await s.commit((sql) =>
    entry(sql, "sign_in.renewed", { actor: s.ana, body: { sign_in: own } }),
  );
  expect(await forged({ auth_time: new Date(), renewed_entry_id: before })).toBe(
    "change_without_entry",
  );
  expect(await attack(s, (sql) => renew(sql, own, s.ben))).toBe("change_without_entry");
  expect(await attack(s, (sql) => renew(sql, own, s.ana, {}, other))).toBe(
    "sign_in_renewed_without_entry",
  );
  const wrongKind = await attack(s, async (sql) => {
    const body = { sign_in: own };
    const renewed_entry_id = await entry(sql, "sign_in.started", { actor: s.ana, body });
    await update(sql, "staff_sign_ins", own, { auth_time: new Date(), renewed_entry_id });
  });
  expect(wrongKind).toBe("change_without_entry");
});

it("moves no proof back, nor into the future, and unsays none", async () => {
  const with_ = (more: Row) => attack(s, (sql) => renew(sql, own, s.ana, more));
  expect(await with_({ auth_time: new Date(hourAgo.getTime() - 1) })).toBe("sign_in_renewed_back");
  expect(await with_({ auth_time: hourAgo, acr: "mfa" })).toBe("sign_in_renewed_back");
  expect(await with_({ auth_said: false })).toBe("sign_in_renewed_back");
  expect(await with_({ auth_time: new Date(Date.now() + 3_600_000) })).toBe(
    "sign_in_renewed_ahead",
  );
});

it("uses no entry for two renewals, and renews none that is over", async () => {
  expect(
    await attack(s, async (sql) => {
      const body = { sign_in: own };
      const renewed_entry_id = await entry(sql, "sign_in.renewed", { actor: s.ana, body });
      for (const id of [own, other])
        await update(sql, "staff_sign_ins", id, { auth_time: new Date(), renewed_entry_id });
    }),
  ).toBe("staff_sign_ins_own_renewal");
  await update(s.runtime, "staff_sign_ins", other, { ended_at: new Date(), end_cause: "idle" });
  expect(await attack(s, (sql) => renew(sql, other, s.ben))).toBe("sign_in_renewed_ended");
  expect(await refusalOf(480, null, other)).toBe("over");
});

it("takes a proof for fresh only when it was said, lately, and as strong as wanted", async () => {
  expect(await refusalOf(null, "mfa")).toBeNull();
  expect(await refusalOf(30)).toBe("old");
  await s.commit((sql) => renew(sql, own, s.ana, { acr: "pwd" }));
  expect(await refusalOf(30)).toBeNull();
  expect(await refusalOf(30, "phr phrh")).toBe("acr");
  expect(await refusalOf(30, "phr pwd")).toBeNull();
  expect(await refusalOf(30, null, newId())).toBe("over");
  const unsaid = newId();
  await insert(s.runtime, "staff_sign_ins", { id: unsaid, staff_id: s.max, auth_said: false });
  expect(await refusalOf(30, null, unsaid)).toBe("unsaid");
  await s.commit((sql) => renew(sql, unsaid, s.max, { auth_said: true }));
  expect(await refusalOf(30, null, unsaid)).toBeNull();
  expect(await refusalOf(30, "mfa", unsaid)).toBe("acr_unsaid");
});

it("forgets where a sign-in was when it ends", async () => {
  const id = newId();
  const place = { ip: "192.0.2.7", user_agent: "a browser" };
  await insert(s.runtime, "staff_sign_ins", { id, staff_id: s.mia, ...place });
  await update(s.runtime, "staff_sign_ins", id, { ended_at: new Date(), end_cause: "signed_out" });
  const { rows } = await s.owner.query("select ip, user_agent from staff_sign_ins where id = $1", [
    id,
  ]);
  expect(rows).toEqual([{ ip: null, user_agent: null }]);
});
