import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { daysAway } from "#db/testing/days.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { changeStaff } from "#lib/roster/change.ts";
import type { Role } from "#lib/vocabulary.ts";
import { closeCampaign } from "./close-campaign.ts";
import { decideItem } from "./decide.ts";
import { nextOpen } from "./decisions.ts";
import { exceptItem } from "./except.ts";
import { readGivenSince } from "./given-since.ts";
import { readItem } from "./item.ts";
import { readItems, stateOf } from "./items.ts";
import { openCampaign } from "./open-campaign.ts";
import { readOwnOpen } from "./own-open.ts";
import { readProgress } from "./progress.ts";
import { prove } from "./prove.ts";
import { codeOf, exceptByPolicy, makeLate, underReview, valueIn } from "./testing.ts";

const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const form = {
  statement: "Every right of the quarter was looked at by somebody without a conflict.",
  ownerEmail: "",
  expiresOn: "" as const,
};
const justification = "Still works on the desk every day.";
const reason = "Looks all right to me, they stay.";

/** A company with a lead, an agent, an admin from before, another since, and somebody of compliance since. */
async function company(undecided: "revoke" | "exception") {
  const s = await scene();
  if (undecided === "exception") await exceptByPolicy(s);
  const w = await underReview(s);
  const person = async (name: string, role: Role, from: string, more = {}) => {
    const id = await w.person(name, [{ role, from }], more);
    return w.as(id, name, [role]);
  };
  const lead = await person("lead", "manager", "2025-01-01Z");
  const kim = await person("kim", "agent", "2025-01-01Z", { manager_id: lead.actor.id });
  const adam = await person("adam", "admin", "2025-01-01Z", { manager_id: lead.actor.id });
  const clem = await person("clem", "compliance", "2026-10-05Z");
  const open = async () => valueIn(await openCampaign(w.cora, period));
  const rows = async (text: string, params: unknown[] = []) =>
    (await s.owner.query(text, params)).rows;
  const item = async (name: string, role: Role): Promise<string> =>
    (await rows("select id from review_items where name = $1 and role = $2", [name, role]))[0].id;
  const narrow = async () =>
    valueIn(
      await changeStaff(adam, {
        ...{ staffId: kim.actor.id, name: "kim", team: "EMEA support", zone: "UTC" },
        ...{
          managerEmail: "lead@alongside.test",
          roles: ["agent"],
          lookingOnly: true,
          reason: "As asked",
        },
        kind: "person",
      }),
    );
  return { s, w, lead, kim, adam, clem, open, rows, item, narrow };
}

test("the last admin is never taken: they are excepted, with who answers for it, or nothing is taken", async () => {
  const c = await company("revoke");
  const { id: campaignId } = await c.open();
  await makeLate(c.s, campaignId);
  const decided = await decideItem(c.lead, {
    ...{ itemId: await c.item("adam", "admin"), decision: "revoke", justification },
  });
  expect(codeOf(decided)).toBe("conflict");
  const held = "select count(*)::integer as n from staff_roles where revoked_at is null";
  const before = await c.rows(held);
  const closing = { campaignId, ...form };
  expect(codeOf(await closeCampaign(c.clem, closing))).toBe("invalid");
  const expiresOn = daysAway(20);
  for (const ownerEmail of ["clem@alongside.test", "adam@alongside.test"])
    expect(codeOf(await closeCampaign(c.clem, { ...closing, ownerEmail, expiresOn }))).toBe(
      "invalid",
    );
  expect(await c.rows(held)).toEqual(before);
  const ownerEmail = "lead@alongside.test";
  valueIn(await closeCampaign(c.clem, { ...closing, ownerEmail, expiresOn }));
  expect(
    await c.rows(
      "select p.name, x.kind from review_exceptions x join review_items i on i.id = x.item_id join staff p on p.id = i.staff_id",
    ),
  ).toEqual([{ name: "adam", kind: "rule" }]);
  expect(
    await c.rows(
      "select p.name from staff_roles r join staff p on p.id = r.staff_id where role = 'admin' and revoked_at is null",
    ),
  ).toEqual([{ name: "adam" }]);
});

test("where the policy revokes nobody excepts by hand", async () => {
  const c = await company("revoke");
  await c.open();
  const input = { ownerEmail: "lead@alongside.test", expiresOn: daysAway(20), reason };
  const itemId = await c.item("kim", "agent");
  expect(codeOf(await exceptItem(c.clem, { ...input, itemId }))).toBe("conflict");
});

test("who excepts decides: not for themselves, on another's account, and somebody else closes", async () => {
  const c = await company("exception");
  const { id: campaignId } = await c.open();
  const input = { ownerEmail: "lead@alongside.test", expiresOn: daysAway(20), reason };
  const itemId = await c.item("kim", "agent");
  const own = await c.item("cora", "compliance");
  expect(codeOf(await exceptItem(c.w.cora, { ...input, itemId: own }))).toBe("not_allowed");
  const ownerEmail = "clem@alongside.test";
  expect(codeOf(await exceptItem(c.clem, { ...input, itemId, ownerEmail }))).toBe("invalid");
  valueIn(await exceptItem(c.clem, { ...input, itemId }));
  const late = await decideItem(c.lead, { itemId, decision: "keep", justification });
  expect(codeOf(late)).toBe("already_decided");
  await makeLate(c.s, campaignId);
  const closing = {
    campaignId,
    ...form,
    ownerEmail: "owner@alongside.test",
    expiresOn: daysAway(9),
  };
  await c.w.person("owner", [{ role: "manager", from: "2026-10-05Z" }]);
  expect(codeOf(await closeCampaign(c.clem, closing))).toBe("not_allowed");
  const other = await c.w.person("other", [{ role: "compliance", from: "2026-10-05Z" }]);
  valueIn(await closeCampaign(await c.w.as(other, "other", ["compliance"]), closing));
});

test("what an admin took meanwhile needs no decision and takes none, and the review closes", async () => {
  const c = await company("revoke");
  const { id: campaignId } = await c.open();
  const itemId = await c.item("kim", "agent");
  await c.narrow();
  for (const decision of ["keep", "change", "revoke"] as const)
    expect(codeOf(await decideItem(c.lead, { itemId, decision, justification }))).toBe("conflict");
  const item = await readItem(c.w.worker.db, itemId);
  expect(item && (await readGivenSince(c.w.worker.db, item))).toMatchObject({
    by: "adam",
    lookingOnly: true,
  });
  const { rows } = await readItems(c.w.cora, campaignId, { state: "gone" });
  expect(rows.map((one) => [one.name, stateOf(one)])).toEqual([["kim", "gone"]]);
  await makeLate(c.s, campaignId);
  const answers = { ownerEmail: "lead@alongside.test", expiresOn: daysAway(20) };
  valueIn(await closeCampaign(c.clem, { campaignId, ...form, ...answers }));
  // What was given since is for the next review.
  expect(
    await c.rows(
      "select looking_only from staff_roles where staff_id = $1 and revoked_at is null",
      [c.kim.actor.id],
    ),
  ).toEqual([{ looking_only: true }]);
});

test("what was taken by the review and given anew by an admin is not gone: it is excepted, or taken once more", async () => {
  const c = await company("revoke");
  const { id: campaignId } = await c.open();
  const itemId = await c.item("kim", "agent");
  // The process died between the decision and its proof, and somebody gave the role meanwhile.
  await c.s.owner.query("alter table review_remediations disable trigger user");
  valueIn(await decideItem(c.lead, { itemId, decision: "revoke", justification }));
  await c.s.owner.query(
    "update review_remediations set result = null, verified_at = null, verified_how = null, verified_entry_id = null",
  );
  await c.s.owner.query("update review_items set remediated_at = null where id = $1", [itemId]);
  await c.s.owner.query("alter table review_remediations enable trigger user");
  valueIn(
    await changeStaff(c.adam, {
      ...{ staffId: c.kim.actor.id, name: "kim", team: "EMEA support", zone: "UTC" },
      ...{
        managerEmail: "lead@alongside.test",
        roles: ["agent"],
        lookingOnly: false,
        reason: "As asked",
      },
      kind: "person",
    }),
  );
  expect(await prove(c.w.worker, itemId)).toBe("given_anew");
  const [row] = await c.rows("select result, verified_how as how from review_remediations");
  expect(row).toMatchObject({ result: "given_anew", how: expect.stringContaining("adam gave it") });
  const remediated = "select remediated_at is not null as yes from review_items where id = $1";
  expect(await c.rows(remediated, [itemId])).toEqual([{ yes: false }]);
  await makeLate(c.s, campaignId);
  const answers = { ownerEmail: "lead@alongside.test", expiresOn: daysAway(20) };
  const closing = { campaignId, ...form, ...answers };
  expect(codeOf(await closeCampaign(c.clem, closing))).toBe("conflict");
  valueIn(await exceptItem(c.w.cora, { itemId, ...answers, reason }));
  valueIn(
    await changeStaff(c.adam, {
      ...{ staffId: c.kim.actor.id, name: "kim", team: "EMEA support", zone: "UTC" },
      ...{ managerEmail: "lead@alongside.test", roles: [], lookingOnly: false, reason: "As asked" },
      kind: "person",
    }),
  );
  expect(await prove(c.w.worker, itemId)).toBe("refused");
  expect(await prove(c.w.worker, itemId)).toBeNull();
  expect(await c.rows(remediated, [itemId])).toEqual([{ yes: true }]);
  valueIn(await closeCampaign(c.clem, closing));
});

test("an exception that ran out before the closing is none: the item is undecided again, and excepted anew", async () => {
  const c = await company("exception");
  const { id: campaignId, slug } = await c.open();
  const itemId = await c.item("kim", "agent");
  const input = { itemId, ownerEmail: "lead@alongside.test", expiresOn: daysAway(5), reason };
  valueIn(await exceptItem(c.clem, input));
  expect(codeOf(await exceptItem(c.clem, input))).toBe("already_decided");
  const { items: open } = await readOwnOpen(c.lead);
  await runOut(c.s, itemId);
  expect(await readOwnOpen(c.lead)).toMatchObject({ items: open + 1 });
  const { rows } = await readItems(c.w.cora, campaignId, { state: "open" });
  expect(rows.map(({ name }) => name)).toContain("kim");
  const progress = await readProgress(c.w.worker.db, [campaignId], null);
  expect(progress.get(campaignId)).toMatchObject({ excepted: 0 });
  expect(await nextOpen(c.w.worker.db, slug, c.lead.actor.id, 0)).not.toBeNull();

  valueIn(await exceptItem(c.clem, input));
  expect((await readItems(c.w.cora, campaignId, { state: "excepted" })).rows).toHaveLength(1);
  await runOut(c.s, itemId);
  valueIn(await decideItem(c.lead, { itemId, decision: "keep", justification }));
});

/** As if the exceptions of an item had been made twelve days before. */
const runOut = (s: Awaited<ReturnType<typeof scene>>, itemId: string) =>
  inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "review_exceptions", () =>
      sql.query(
        "update review_exceptions set at = at - interval '12 days', expires_on = expires_on - 12 where item_id = $1",
        [itemId],
      ),
    ),
  );
