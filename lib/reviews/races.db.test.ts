import { v7 as newId } from "uuid";
import { expect, test } from "vitest";
import { daysAway } from "#db/testing/days.ts";
import { scene } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Role } from "#lib/vocabulary.ts";
import { closeCampaign } from "./close-campaign.ts";
import { decideItem, decideItems } from "./decide.ts";
import { handOn } from "./hand-on.ts";
import { openCampaign } from "./open-campaign.ts";
import { codeOf, makeLate, underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const justification = "Still works on the desk every day.";
const since = "2025-01-01Z";
const person = async (name: string, role: Role, from = since, more = {}) =>
  w.as(await w.person(name, [{ role, from }], more), name, [role]);
const [one, two] = [await person("one", "manager"), await person("two", "manager")];
const closers = [
  await person("clem", "compliance", "2026-10-05Z"),
  await person("claire", "compliance", "2026-10-05Z"),
];
await person("adam", "admin", "2026-10-05Z");
const rows = async (text: string, params: unknown[] = []) =>
  (await s.owner.query(text, params)).rows;
const itemsOf = async (campaignId: string, reviewer: Ctx<StaffActor>) =>
  (
    await rows(
      "select id, number, name from review_items where campaign_id = $1 and reviewer_id = $2 and ended_at is null order by id",
      [campaignId, reviewer.actor.id],
    )
  ).map(({ id, number }) => ({ id: String(id), number: Number(number) }));
const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const form = {
  statement: "Every right of the quarter was looked at by somebody without a conflict.",
  ...{ ownerEmail: "adam@alongside.test", expiresOn: daysAway(20) },
};

/** People with two rights each, one under either manager, whose order is the other way round. */
async function crossed(count: number) {
  for (let i = 0; i < count; i++)
    await w.person(`both${newId()}`, [{ role: "compliance", from: since }], {
      manager_id: (i % 2 ? one : two).actor.id,
    });
  return valueIn(await openCampaign(w.cora, period)).id;
}

test("two bulks, and a handing on, over the same people and items do not wait in a circle", async () => {
  const campaignId = await crossed(24);
  const of = async (who: Ctx<StaffActor>) =>
    (
      await rows(
        "select id from review_items where campaign_id = $1 and reviewer_id = $2 and not privileged and ended_at is null",
        [campaignId, who.actor.id],
      )
    ).map(({ id }) => String(id));
  const [mine, theirs] = [await of(one), await of(two)];
  const keep = { decision: "keep" as const, justification };
  const reason = "Away until the review is due.";
  const outcomes = await Promise.all([
    decideItems(one, { ...keep, items: mine.slice(0, 6) }),
    decideItems(one, { ...keep, items: mine.slice(3) }),
    decideItems(two, { ...keep, items: theirs.toReversed() }),
    handOn(w.cora, { campaignId, from: one.actor.id, to: two.actor.id, reason }),
  ]);
  const codes = outcomes.map((result) => codeOf(result));
  for (const code of codes)
    expect(["went through", "not_found", "already_decided"]).toContain(code);
  expect(codes[2]).toBe("went through");
  // Each is decided by whoever had it then.
  expect(
    await rows(
      `select d.id from review_decisions d join review_items i on i.id = d.item_id
         where i.campaign_id = $1 and d.decided_by <> i.reviewer_id`,
      [campaignId],
    ),
  ).toEqual([]);
});

test("two close at once, while its reviewers decide: one closes, and each item was settled once", async () => {
  const { id: campaignId } = valueIn(await openCampaign(w.cora, period));
  await makeLate(s, campaignId);
  const deciding = async (who: Ctx<StaffActor>) => {
    const codes: string[] = [];
    for (const { id: itemId } of await itemsOf(campaignId, who))
      codes.push(codeOf(await decideItem(who, { itemId, decision: "keep", justification })));
    return codes;
  };
  const closing = closers.map((closer) => closeCampaign(closer, { campaignId, ...form }));
  const [decided, closed] = await Promise.all([
    Promise.all([one, two].map(deciding)),
    Promise.all(closing),
  ]);
  for (const code of decided.flat())
    expect(["went through", "already_decided", "conflict", "ended", "not_allowed"]).toContain(code);
  expect(closed.filter(({ ok }) => ok)).toHaveLength(1);
  expect(
    await rows(
      "select status, (select count(*)::integer from audit_entry where event = 'review.closed') as closings from campaigns where id = $1",
      [campaignId],
    ),
  ).toEqual([{ status: "closed", closings: 1 }]);
  // Nobody kept what nobody decided to keep, and no right that was kept is gone.
  const settled = await rows(
    `select i.number, i.decision, d.decided_by is not null as by_somebody, g.revoked_at is null as held, i.remediated_at is not null as proved,
       (select count(*)::integer from review_decisions o where o.item_id = i.id) as decisions
     from review_items i join staff_roles g on g.id = i.grant_id left join review_decisions d on d.id = i.decision_id
     where i.campaign_id = $1 and i.ended_at is null`,
    [campaignId],
  );
  expect(settled.length).toBeGreaterThan(20);
  for (const item of settled)
    expect(item).toMatchObject(
      item.decision === "keep"
        ? { by_somebody: true, held: true, decisions: 1 }
        : { decision: "revoke", by_somebody: false, held: false, proved: true, decisions: 1 },
    );
});
