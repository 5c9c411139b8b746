import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { liftStop, stopAll } from "#lib/impersonation/stop-all.ts";
import type { Role } from "#lib/vocabulary.ts";
import { decideItem } from "./decide.ts";
import { openCampaign } from "./open-campaign.ts";
import { prove, proveDue } from "./prove.ts";
import { readRemediations } from "./tasks.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const since = "2025-01-01Z";
const leadId = await w.person("lead", [{ role: "manager", from: since }]);
const lead = await w.as(leadId, "lead", ["manager"]);
const adam = await w.as(await w.person("adam", [{ role: "admin", from: "2026-10-05Z" }]), "adam", [
  "admin",
]);
for (const role of ["agent", "manager", "compliance", "admin"] as const)
  await w.person(role, [{ role, from: since }], { manager_id: leadId });
const kim = await w.person("kim", [{ role: "agent", from: since }], { manager_id: leadId });
valueIn(await openCampaign(w.cora, { firstDay: "2026-07-01", lastDay: "2026-09-30" }));
const { stopId } = valueIn(await stopAll(adam, { reason: "Something is wrong with the product." }));
const item = async (name: string, role: Role): Promise<string> =>
  (await s.owner.query("select id from review_items where name = $1 and role = $2", [name, role]))
    .rows[0].id;
const justification = "They moved to another team in the summer.";

test("what is taken while everybody is stopped is refused for the right, not for the stop", async () => {
  for (const role of ["agent", "manager", "compliance", "admin"] as const) {
    const itemId = await item(role, role);
    valueIn(await decideItem(lead, { itemId, decision: "revoke", justification }));
    expect(await readRemediations(w.worker.db, itemId)).toMatchObject([{ result: "refused" }]);
  }
});

test("also where acting is taken and looking stays", async () => {
  const itemId = await item("kim", "agent");
  valueIn(await decideItem(lead, { itemId, decision: "change", justification }));
  const [row] = await readRemediations(w.worker.db, itemId);
  expect(row).toMatchObject({ kind: "looking_only", result: "refused" });
  expect(row?.verifiedHow).toContain("(looking_only)");
  expect(row?.verifiedHow).toContain("(request_looking_only)");
  expect(row?.verifiedHow).not.toContain("global_stop");
});

test("where acting was not taken, the stop proves nothing: it is tried when it is lifted", async () => {
  const itemId = await item("kim", "agent");
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, ["review_remediations", "review_items", "staff_roles"], async () => {
      await sql.query(
        "update review_remediations set result = null, verified_at = null, verified_how = null, verified_entry_id = null where item_id = $1",
        [itemId],
      );
      await sql.query("update review_items set remediated_at = null where id = $1", [itemId]);
      await sql.query(
        "update staff_roles set looking_only = false where staff_id = $1 and revoked_at is null",
        [kim],
      );
    }),
  );
  expect(await prove(w.worker, itemId)).toBeNull();
  expect(await readRemediations(w.worker.db, itemId)).toMatchObject([{ result: null }]);
  valueIn(await liftStop(adam, { stopId, reason: "The product is well again." }));
  await proveDue(w.worker);
  expect(await readRemediations(w.worker.db, itemId)).toMatchObject([{ result: "still_possible" }]);
});
