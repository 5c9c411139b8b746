import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { worked } from "#db/testing/worked.ts";
import { newId } from "#lib/kernel/ids.ts";
import { closeCampaign } from "./close-campaign.ts";
import { decideItem } from "./decide.ts";
import { readLastDecision } from "./decisions.ts";
import { readItem } from "./item.ts";
import { openCampaign } from "./open-campaign.ts";
import { passOnDue } from "./pass-on.ts";
import { codeOf, makeLate, underReview, valueIn } from "./testing.ts";

const quarter = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const since = "2024-06-01T08:00:00.000000Z";
const statement = "Every right of the quarter was looked at by somebody without a conflict.";
const form = { statement, ownerEmail: "", expiresOn: "" };
const justification = "As it was agreed with the team.";

async function company() {
  const s = await scene();
  const w = await underReview(s);
  const boss = await w.person("boss", [{ role: "manager", from: since }]);
  const asBoss = await w.as(boss, "boss", ["manager"]);
  const rows = async (text: string, params: unknown[] = []) =>
    (await s.owner.query(text, params)).rows;
  const itemsOf = async (campaignId: string, staffId: string) =>
    rows(
      `select i.id, i.number, i.role, i.sessions, i.status, i.last_used_at as used, i.granted_at as granted, i.ended_at as ended,
         i.manager_name as manager, r.name as reviewer, i.reviewer_how as how, i.deactivated_at as gone
       from review_items i left join staff r on r.id = i.reviewer_id where i.campaign_id = $1 and i.staff_id = $2 order by i.granted_at`,
      [campaignId, staffId],
    );
  return { s, w, boss, asBoss, rows, itemsOf };
}

test("given and taken three times in the quarter: each grant is an item with what was done by it", async () => {
  const { s, w, boss, itemsOf } = await company();
  const often = await w.person("often", [], { manager_id: boss });
  const at = (when: string) => ({ who: often, at: when, subject: s.jane });
  await worked(s, [
    at("2026-07-10T09:59:59.999999Z"),
    at("2026-08-01T00:00:00.000000Z"),
    at("2026-08-02T10:00:00.000000Z"),
    at("2026-09-30T23:59:59.999999Z"),
    at("2026-10-01T00:00:00.000000Z"),
  ]);
  for (const [from, to] of [
    [since, "2026-07-10T10:00:00.000000Z"],
    ["2026-07-20T08:00:00.000000Z", "2026-07-20T08:00:00.000000Z"],
    ["2026-08-01T00:00:00.000000Z", "2026-08-03T00:00:00.000000Z"],
    // Given in the very instant in which the one before was taken.
    ["2026-08-03T00:00:00.000000Z", null],
  ])
    await insert(s.owner, "staff_roles", {
      ...{ id: newId(), staff_id: often, role: "agent", granted_at: from, revoked_at: to },
    });
  const { id } = valueIn(await openCampaign(w.cora, quarter));
  const items = await itemsOf(id, often);
  expect(items.map(({ sessions, used }) => [sessions, used?.toISOString() ?? null])).toEqual([
    [1, "2026-07-10T09:59:59.999Z"],
    [0, null],
    [2, "2026-08-02T10:00:00.000Z"],
    // What came at the end of the quarter's last instant is in; what came at the next quarter's first is not.
    [1, "2026-09-30T23:59:59.999Z"],
  ]);
  for (const item of items) expect(item).toMatchObject({ reviewer: "boss", how: "manager" });
});

test("who left and came back has the right of before and the one of now, and is at work", async () => {
  const { w, boss, itemsOf } = await company();
  const back = await w.person(
    "back",
    [
      { role: "agent", from: since, to: "2026-07-15T12:00:00Z" },
      { role: "agent", from: "2026-09-01T08:00:00Z" },
    ],
    { manager_id: boss },
  );
  const { id, counts } = valueIn(await openCampaign(w.cora, quarter));
  expect(await itemsOf(id, back)).toMatchObject([
    { ended: new Date("2026-07-15T12:00:00Z"), status: "active", gone: null },
    { ended: null, status: "active", granted: new Date("2026-09-01T08:00:00Z") },
  ]);
  expect(counts.deactivated).toBe(0);
});

test("the manager is that of the opening, also once there is another; who reports by now decides nothing", async () => {
  const { s, w, boss, asBoss, itemsOf } = await company();
  const led = await w.person("led", [{ role: "agent", from: since }], { manager_id: boss });
  const { id } = valueIn(await openCampaign(w.cora, quarter));
  const [item] = await itemsOf(id, led);
  // Led leads the boss from now on: before any worker has come, the boss decides nothing of theirs.
  await s.owner.query("update staff set manager_id = $2 where id = $1", [led, s.mia]);
  await s.owner.query("update staff set manager_id = $2 where id = $1", [boss, led]);
  const decided = await decideItem(asBoss, { itemId: item.id, decision: "keep", justification });
  expect(codeOf(decided)).toBe("not_allowed");
  await passOnDue(w.worker);
  expect(await itemsOf(id, led)).toMatchObject([{ manager: "boss", reviewer: "mia" }]);
});

test("two reviews over the same right: what one takes is taken meanwhile for the other, and both close", async () => {
  const { w, s, boss, asBoss, rows, itemsOf } = await company();
  const kim = await w.person("kim", [{ role: "agent", from: since }], { manager_id: boss });
  const clem = await w.as(
    await w.person("clem", [{ role: "compliance", from: "2026-11-01Z" }]),
    "clem",
    ["compliance"],
  );
  await w.person("adam", [{ role: "admin", from: "2026-11-01Z" }]);
  const one = valueIn(await openCampaign(w.cora, quarter));
  const two = valueIn(
    await openCampaign(w.cora, { firstDay: "2026-09-15", lastDay: "2026-10-15" }),
  );
  const [[first], [second]] = [await itemsOf(one.id, kim), await itemsOf(two.id, kim)];
  valueIn(await decideItem(asBoss, { itemId: first.id, decision: "revoke", justification }));
  for (const decision of ["keep", "revoke"] as const)
    expect(codeOf(await decideItem(asBoss, { itemId: second.id, decision, justification }))).toBe(
      "conflict",
    );
  for (const { id: campaignId } of [two, one]) {
    await makeLate(s, campaignId);
    valueIn(await closeCampaign(clem, { campaignId, ...form }));
  }
  // Of each right one review took it, and no right twice.
  const taken = await rows(
    `select g.id, count(d.id)::integer as decisions, count(r.id)::integer as proofs from staff_roles g join review_items i on i.grant_id = g.id
       left join review_decisions d on d.item_id = i.id left join review_remediations r on r.item_id = i.id and r.result = 'refused'
       where g.revoked_entry_id is not null group by g.id`,
  );
  expect(taken.length).toBeGreaterThan(5);
  for (const right of taken) expect(right).toMatchObject({ decisions: 1, proofs: 1 });
});

test("a second review of the same days asks again, knows what the first decided, and is told from it", async () => {
  const { w, boss, asBoss, itemsOf } = await company();
  const kim = await w.person("kim", [{ role: "agent", from: since }], { manager_id: boss });
  const first = valueIn(await openCampaign(w.cora, quarter));
  const [one] = await itemsOf(first.id, kim);
  valueIn(await decideItem(asBoss, { itemId: one.id, decision: "keep", justification }));
  const second = valueIn(await openCampaign(w.cora, quarter));
  expect([first.slug, second.slug]).toEqual(["2026-q3", "2026-q3-2"]);
  const last = async (id: string) => {
    const item = await readItem(w.worker.db, id);
    return item && readLastDecision(w.worker.db, item);
  };
  const [two] = await itemsOf(second.id, kim);
  expect(await last(two.id)).toMatchObject({ decision: "keep", slug: "2026-q3" });
  expect(await last(one.id)).toBeNull();
});

test("a period that still runs is as it is up to now, and one of yesterday and today as well", async () => {
  const { w, boss, itemsOf } = await company();
  const hour = 3_600_000;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const late = await w.person(
    "late",
    [
      { role: "agent", from: new Date(Date.now() - 30 * 24 * hour).toISOString() },
      // Of tomorrow, by a clock that is wrong.
      { role: "manager", from: new Date(Date.now() + 24 * hour).toISOString() },
    ],
    { manager_id: boss },
  );
  const period = { firstDay: day(Date.now() - 24 * hour), lastDay: day(Date.now() + 48 * hour) };
  const { id, counts } = valueIn(await openCampaign(w.cora, period));
  expect(await itemsOf(id, late)).toMatchObject([{ role: "agent", ended: null }]);
  expect(counts.onRecord).toMatchObject({ givenAfter: 1 });
});

test("in a company of two nobody reviews themselves, nor closes what they decided", async () => {
  const s = await scene();
  const w = await underReview(s);
  await s.owner.query(
    "update staff_roles set revoked_at = '2026-01-01Z', granted_at = '2025-01-01Z' where staff_id <> $1",
    [w.cora.actor.id],
  );
  const max = await w.as(s.max, "max", ["manager", "admin"]);
  for (const role of ["manager", "admin"])
    await insert(s.owner, "staff_roles", {
      ...{ id: newId(), staff_id: s.max, role, granted_at: "2025-02-01Z", granted_by: s.max },
    });
  const { id: campaignId } = valueIn(await openCampaign(w.cora, quarter));
  const { rows } = await s.owner.query(
    `select i.id, i.name, i.role, r.name as reviewer from review_items i left join staff r on r.id = i.reviewer_id order by i.name, i.role`,
  );
  expect(rows.map(({ name, role, reviewer }) => [name, role, reviewer])).toEqual([
    ["cora", "compliance", "max"],
    ["max", "admin", "cora"],
    ["max", "manager", "cora"],
  ]);
  const [ofCora, ...ofMax] = rows;
  valueIn(await decideItem(max, { itemId: ofCora.id, decision: "keep", justification }));
  for (const { id: itemId } of ofMax) {
    expect(codeOf(await decideItem(max, { itemId, decision: "keep", justification }))).toBe(
      "not_found",
    );
    valueIn(await decideItem(w.cora, { itemId, decision: "keep", justification }));
  }
  for (const closer of [max, w.cora])
    expect(codeOf(await closeCampaign(closer, { campaignId, ...form }))).toBe("not_allowed");
});

test("in a company of one there is a review, and it is nobody's", async () => {
  const s = await scene();
  const w = await underReview(s);
  await s.owner.query(
    "update staff_roles set revoked_at = '2026-01-01Z', granted_at = '2025-01-01Z' where staff_id <> $1",
    [w.cora.actor.id],
  );
  const { id, counts } = valueIn(await openCampaign(w.cora, quarter));
  expect(counts).toMatchObject({ grants: 1, people: 1 });
  const { rows } = await s.owner.query("select name, reviewer_id from review_items");
  expect(rows).toEqual([{ name: "cora", reviewer_id: null }]);
  expect(await passOnDue(w.worker)).toBe(0);
  await makeLate(s, id);
  expect(codeOf(await closeCampaign(w.cora, { campaignId: id, ...form }))).toBe("conflict");
});
