import { expect, test } from "vitest";
import { connect } from "#db/client.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { carryOnClosings } from "./carry-on-closings.ts";
import { closeCampaign } from "./close-campaign.ts";
import { readClosing, readLastClosing, settledAtOnce } from "./closing.ts";
import { decideItem } from "./decide.ts";
import { exceptItem } from "./except.ts";
import { openCampaign } from "./open-campaign.ts";
import { codeOf, exceptByPolicy, makeLate, underReview, valueIn } from "./testing.ts";

const statement = "Every right of the quarter was looked at by somebody without a conflict.";
const form = { statement, ownerEmail: "", expiresOn: "" };
const justification = "Still works on the desk every day.";
const many = settledAtOnce + 5;
const patient = { timeout: 40_000 };
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A late review with more undecided than one request settles, and two of compliance who may close it. */
async function lateReview(undecided: "revoke" | "exception") {
  const s = await scene();
  const w = await underReview(s);
  if (undecided === "exception") await exceptByPolicy(s);
  const since = "2025-01-01Z";
  const leadId = await w.person("lead", [{ role: "manager", from: since }]);
  const lead = await w.as(leadId, "lead", ["manager"]);
  const closer = async (name: string) =>
    w.as(await w.person(name, [{ role: "compliance", from: "2026-10-05Z" }]), name, ["compliance"]);
  const [clem, claire] = [await closer("clem"), await closer("claire")];
  await w.person("adam", [{ role: "admin", from: "2026-10-05Z" }]);
  await s.owner.query(
    `with p as (insert into staff (id, email, name, team, manager_id)
       select gen_random_uuid(), 'x' || n || '@alongside.test', 'x' || n, 'EMEA support', $1 from generate_series(1, $2::integer) n returning id)
     insert into staff_roles (id, staff_id, role, granted_at) select gen_random_uuid(), id, 'agent', $3 from p`,
    [leadId, many, since],
  );
  const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
  const { id: campaignId } = valueIn(await openCampaign(w.cora, period));
  await makeLate(s, campaignId);
  const rows = async (text: string, params: unknown[] = []) =>
    (await s.owner.query(text, params)).rows;
  const itemOf = async (name: string): Promise<string> =>
    (await rows("select id from review_items where name = $1", [name]))[0].id;
  return { s, w, lead, clem, claire, campaignId, rows, itemOf };
}

test(
  "two close at once, the worker is killed in the middle, two go on: each right is taken, tried and told once",
  patient,
  async () => {
    const { s, w, lead, clem, claire, campaignId, rows, itemOf } = await lateReview("revoke");
    const asked = await Promise.all(
      [clem, claire].map((closer) => closeCampaign(closer, { campaignId, ...form })),
    );
    expect(asked.map((one) => codeOf(one)).toSorted()).toEqual(["conflict", "went through"]);
    const closing = await readClosing(w.worker.db, campaignId);
    const mine = closing?.closerId === clem.actor.id ? claire : clem;
    // Nothing is taken yet, and nobody decides any more: by the panel, and past it.
    const itemId = await itemOf("x1");
    const keep = { itemId, decision: "keep" as const, justification };
    expect(codeOf(await decideItem(lead, keep))).toBe("conflict");
    const forged = insert(s.runtime, "review_decisions", {
      ...{
        id: newId(),
        item_id: itemId,
        decision: "keep",
        justification,
        decided_by: lead.actor.id,
      },
      ...{ decided_as: "manager", conflict_check: "None.", entry_id: newId() },
    });
    await expect(forged).rejects.toMatchObject({ constraint: "review_closing" });
    expect(codeOf(await closeCampaign(mine, { campaignId, ...form }))).toBe("conflict");

    // The server process dies with the transaction that is under way.
    await s.owner.query(`
    create function dies() returns trigger language plpgsql as $$ begin
      if exists (select 1 from review_items where id = new.item_id and name = 'x3') then perform pg_terminate_backend(pg_backend_pid()); end if;
      return new;
    end $$;
    create trigger z_dies before insert on review_decisions for each row execute function dies()`);
    const { db, pool } = connect(s.runtimeUrl);
    await expect(carryOnClosings({ ...w.worker, db }, 60_000)).rejects.toThrow();
    await pool.end();
    const taken = async () =>
      (
        await rows(
          `select count(*)::integer as decided, count(*) filter (where g.revoked_at is not null)::integer as gone,
           count(r.id)::integer as followed
         from review_items i join staff_roles g on g.id = i.grant_id left join review_remediations r on r.item_id = i.id
         where i.decision = 'revoke'`,
        )
      )[0];
    const half = await taken();
    expect(half.decided).toBeGreaterThan(0);
    expect(half.decided).toBeLessThan(many);
    expect(half).toEqual({ decided: half.decided, gone: half.decided, followed: half.decided });
    expect(codeOf(await decideItem(lead, { ...keep, itemId: await itemOf("x50") }))).toBe(
      "conflict",
    );
    await s.owner.query("drop trigger z_dies on review_decisions");

    const closed = await Promise.all(
      [w.worker, w.worker].map((one) => carryOnClosings(one, 60_000)),
    );
    expect(closed.reduce((sum, one) => sum + one)).toBe(1);
    const [campaign] = await rows("select status, closed_by, statement from campaigns");
    expect(campaign).toEqual({ status: "closed", closed_by: closing?.closerId, statement });
    expect(
      await rows(
        `select i.decision, d.decided_by, i.remediated_at is not null as proved, count(*)::integer as n,
         sum((select count(*) from review_decisions o where o.item_id = i.id))::integer as decisions
       from review_items i left join review_decisions d on d.id = i.decision_id where i.name ~ '^x' group by 1, 2, 3`,
      ),
    ).toEqual([{ decision: "revoke", decided_by: null, proved: true, n: many, decisions: many }]);
    const told = await rows(
      `select e.event, count(*)::integer as entries, count(distinct p.body::jsonb ->> 'item_id')::integer as items
     from audit_entry e join audit_payload p on p.entry_id = e.id where p.body::jsonb ->> 'name' ~ '^x'
       and e.event in ('review.decided', 'role.revoked', 'review.access_tried', 'review.remediated') group by 1`,
    );
    expect(told).toHaveLength(4);
    for (const { entries, items } of told)
      expect({ entries, items }).toEqual({ entries: many, items: many });
    expect(
      await rows("select event from audit_entry where event ~ '^review.clos' order by occurred_at"),
    ).toEqual([{ event: "review.closing" }, { event: "review.closed" }]);
    expect(await carryOnClosings(w.worker)).toBe(0);
  },
);

test("what was asked for stays as it is, and nobody else closes meanwhile", async () => {
  const { s, clem, claire, campaignId } = await lateReview("revoke");
  const on = async (closer: typeof clem, said: string) =>
    inTransaction(s.runtime, (sql) =>
      insert(sql, "review_closings", {
        ...{ id: newId(), campaign_id: campaignId, closer_id: closer.actor.id },
        ...{ statement: said, entry_id: newId() },
      }),
    );
  await expect(on(clem, statement)).rejects.toMatchObject({ constraint: "review_closings_entry" });
  valueIn(await closeCampaign(clem, { campaignId, ...form }));
  await expect(on(claire, statement)).rejects.toMatchObject({ constraint: "review_closings_one" });
  const refused = (text: string, constraint: string, params: unknown[] = []) =>
    expect(s.owner.query(text, params)).rejects.toMatchObject({ constraint });
  const frozen = "review_closing_frozen";
  await refused("update review_closings set statement = statement || '.'", frozen);
  await refused("update review_closings set closer_id = $1", frozen, [claire.actor.id]);
  await refused("delete from review_closings", "review_closings_append_only");
  await refused(
    `update campaigns set status = 'closed', closed_at = now(), closed_by = $1, statement = $2, closed_entry_id = $3`,
    "review_closing",
    [claire.actor.id, statement, newId()],
  );
});

test(
  "a closer who may not close any more stops it, on record; reviewers decide again, and somebody else closes",
  patient,
  async () => {
    const { s, w, lead, clem, claire, campaignId, rows, itemOf } = await lateReview("revoke");
    valueIn(await closeCampaign(clem, { campaignId, ...form }));
    await s.owner.query("update staff_roles set revoked_at = now() where staff_id = $1", [
      clem.actor.id,
    ]);
    expect(await carryOnClosings(w.worker)).toBe(0);
    expect(await rows("select 1 from review_decisions")).toEqual([]);
    expect(await readClosing(w.worker.db, campaignId)).toBeNull();
    expect(await readLastClosing(w.worker.db, campaignId)).toMatchObject({
      stoppedWhy: "Only compliance closes a review.",
    });
    const itemId = await itemOf("x1");
    valueIn(await decideItem(lead, { itemId, decision: "keep", justification }));
    valueIn(await closeCampaign(claire, { campaignId, ...form }));
    expect(await carryOnClosings(w.worker, 60_000)).toBe(1);
    expect(await rows("select decision from review_items where id = $1", [itemId])).toEqual([
      { decision: "keep" },
    ]);
  },
);

test("where the policy says exception it is all of it at once, on the account of who was named, or it stops", async () => {
  const { s, w, clem, claire, campaignId, rows, itemOf } = await lateReview("exception");
  const answers = { ownerEmail: "adam@alongside.test", expiresOn: inDays(20) };
  expect(codeOf(await closeCampaign(clem, { campaignId, ...form }))).toBe("invalid");
  valueIn(await closeCampaign(clem, { campaignId, ...form, ...answers }));
  const reason = "Looks all right to me, they stay.";
  const byHand = await exceptItem(claire, { itemId: await itemOf("x1"), ...answers, reason });
  expect(codeOf(byHand)).toBe("conflict");
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where name = 'adam'",
  );
  expect(await carryOnClosings(w.worker)).toBe(0);
  expect(await rows("select 1 from review_exceptions")).toEqual([]);
  const stopped = await readLastClosing(w.worker.db, campaignId);
  expect(stopped?.stoppedWhy).toBeTruthy();

  await s.owner.query(
    "update staff set status = 'active', deactivated_at = null where name = 'adam'",
  );
  valueIn(await closeCampaign(clem, { campaignId, ...form, ...answers }));
  expect(await carryOnClosings(w.worker)).toBe(1);
  const excepted = await rows(
    `select count(*)::integer as n, count(distinct x.entry_id)::integer as entries, x.kind
     from review_exceptions x join review_items i on i.id = x.item_id where i.name ~ '^x' group by 3`,
  );
  expect(excepted).toEqual([{ n: many, entries: many, kind: "rule" }]);
});
