import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openCampaign } from "./open-campaign.ts";
import { passOnDue } from "./pass-on.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const since = "2025-01-01Z";

/** This many agents whom the lead leads, with who gave them their right. */
const team = (name: string, many: number, givenBy: string | null) =>
  s.owner.query(
    `with p as (insert into staff (id, email, name, team, manager_id)
       select gen_random_uuid(), $1 || n || '@alongside.test', $1 || n, 'EMEA support', $2 from generate_series(1, $3::integer) n returning id)
     insert into staff_roles (id, staff_id, role, granted_at, granted_by) select gen_random_uuid(), id, 'agent', $5, $4::uuid from p`,
    [name, lead, many, givenBy, since],
  );
const lead = await w.person("lead", [{ role: "manager", from: since }]);
const nela = await w.person("nela", []);
await team("early", 130, nela);
await team("later", 120, null);
valueIn(await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }));

/** Whose items of the team are with this reviewer, or with nobody. */
const teamOf = async (reviewerId: string | null): Promise<string[]> => {
  const { rows } = await s.owner.query<{ name: string }>(
    "select name from review_items where reviewer_id is not distinct from $1 and name ~ '^(early|later)' order by name",
    [reviewerId],
  );
  return rows.map(({ name }) => name);
};

test("one round goes on until nothing is due; what fails in the middle comes in the next, and keeps no other", async () => {
  expect(await teamOf(lead)).toHaveLength(250);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now()  where id = $1",
    [lead],
  );
  await s.owner.query(`
    create function fails() returns trigger language plpgsql as $$ begin
      if exists (select 1 from review_items where id = new.item_id and name in ('early17', 'later99')) then raise exception 'The disk is full'; end if;
      return new;
    end $$;
    create trigger a_fails before insert on review_assignments for each row execute function fails()`);
  await expect(passOnDue(w.worker)).rejects.toThrow();
  expect(await teamOf(lead)).toEqual(["early17", "later99"]);
  await s.owner.query("drop trigger a_fails on review_assignments");
  expect(await passOnDue(w.worker)).toBe(2);
  expect(await teamOf(lead)).toEqual([]);
  const { rows } = await s.owner.query(
    `select count(*)::integer as entries, count(distinct a.item_id)::integer as items
       from review_assignments a join audit_entry e on e.id = a.entry_id join review_items i on i.id = a.item_id
       where e.event = 'review.assigned' and i.name ~ '^(early|later)'`,
  );
  expect(rows).toEqual([{ entries: 250, items: 250 }]);
});

test("what stays nobody's, however much, keeps nothing behind it from its turn", async () => {
  await s.owner.query(
    "update staff_roles set revoked_at = now() where role in ('manager', 'compliance')",
  );
  await passOnDue(w.worker);
  expect(await teamOf(null)).toHaveLength(250);
  expect(await passOnDue(w.worker)).toBe(0);
  // Nobody reviews what they gave: the early ones stay where they are.
  await insert(s.owner, "staff_roles", { id: newId(), staff_id: nela, role: "manager" });
  await passOnDue(w.worker);
  expect(await teamOf(null)).toHaveLength(130);
  expect((await teamOf(nela)).every((name) => name.startsWith("later"))).toBe(true);
  expect(await teamOf(nela)).toHaveLength(120);
});
