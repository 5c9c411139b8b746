import { expect, it } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { insert, update } from "#db/testing/sql.ts";
import { endOwnDevices } from "#lib/impersonation/end-devices.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readDevices } from "./devices.ts";

const s = await scene();
const work = await atWork(s);
const elsewhere = async (staff_id: string) => {
  const id = newId();
  await insert(s.runtime, "staff_sign_ins", {
    ...{ id, staff_id, ip: "192.0.2.9", user_agent: "Mozilla/5.0 Firefox/148.0" },
  });
  return id;
};

it("shows one's own open sign-ins, this one first, and nobody else's", async () => {
  const [other, old] = [await elsewhere(s.ana), await elsewhere(s.ana)];
  await elsewhere(s.ben);
  await update(s.owner, "staff_sign_ins", old, {
    last_active_at: new Date(Date.now() - 3_600_000),
  });
  const devices = await readDevices(work.ana, new Date());
  expect(devices.map(({ id, isThis }) => [id, isThis])).toEqual([
    [work.ana.actor.signInId, true],
    [other, false],
  ]);
  expect(devices[1]).toMatchObject({ ip: "192.0.2.9", userAgent: "Mozilla/5.0 Firefox/148.0" });
});

it("ends one's own elsewhere with what hangs on it, on record, and never another's or this one", async () => {
  const other = await elsewhere(s.moe);
  const there = { ...work.moe, actor: { ...work.moe.actor, signInId: other } };
  const started = await standIn(there, question(s.jane.id));
  expect(started).toMatchObject({ ok: true, value: { kind: "started" } });
  const ofBen = await elsewhere(s.ben);
  expect(await endOwnDevices(work.moe, { signInId: ofBen })).toMatchObject({
    error: { code: "not_found" },
  });
  expect(await endOwnDevices(work.moe, { signInId: work.moe.actor.signInId })).toMatchObject({
    error: { code: "conflict" },
  });
  expect(await endOwnDevices(work.moe, { signInId: other })).toMatchObject({ ok: true });
  expect(await endOwnDevices(work.moe, { signInId: other })).toMatchObject({
    error: { code: "ended" },
  });
  const { rows } = await s.owner.query("select end_cause from sessions where sign_in_id = $1", [
    other,
  ]);
  expect(rows).toEqual([{ end_cause: "sign_out" }]);
  await elsewhere(s.moe);
  await elsewhere(s.moe);
  expect(await endOwnDevices(work.moe, { signInId: null })).toEqual({
    ok: true,
    value: { ended: 2 },
  });
  expect(await readDevices(work.moe, new Date())).toHaveLength(1);
  const entries = await s.owner.query(
    "select count(*)::int as n from audit_entry where event = 'sign_in.ended' and actor_id = $1",
    [s.moe],
  );
  expect(entries.rows).toEqual([{ n: 3 }]);
});
