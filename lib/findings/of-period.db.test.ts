import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { about } from "#db/testing/findings.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openCampaign } from "#lib/reviews/open-campaign.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { readFindings } from "./list.ts";
import { countOpen } from "./open-count.ts";

const s = await scene();
const { cora } = await underReview(s);
const id = newId();
const raised = await s.commit((sql) => about(sql, "finding.raised", id, s.max));
// From the last day of September into October.
await inTransaction(s.owner, (sql) =>
  restingTriggers(sql, "findings", () =>
    insert(sql, "findings", {
      ...{ id, number: 9001, detector: "vip", pattern: id, actor_id: s.ana, evidence: {} },
      ...{ explanation: "Two VIPs", first_at: "2026-09-30Z", last_at: "2026-10-02Z" },
      ...{ due_at: new Date(), raised_entry_id: raised },
    }),
  ),
);
const quarters = [
  ["2026-04-01", "2026-06-30", 0],
  ["2026-07-01", "2026-09-30", 1],
  ["2026-10-01", "2026-10-31", 1],
  ["2026-11-01", "2026-11-15", 0],
] as const;

test("a finding that goes on over the end of a period is of both, in count, list and population alike", async () => {
  for (const [from, to, count] of quarters) {
    const endsAt = new Date(Date.parse(to) + 86_400_000);
    const span = { startsAt: new Date(from), endsAt };
    expect(await countOpen(cora, span)).toMatchObject({ open: count });
    expect((await readFindings(cora, {}, 30, span)).rows).toHaveLength(count);
    expect((await readFindings(cora, { from, to })).rows).toHaveLength(count);
  }
  const [, [firstDay, lastDay]] = quarters;
  valueIn(await openCampaign(cora, { firstDay, lastDay }));
  const { rows } = await s.owner.query(
    "select open_findings from review_items where staff_id = $1",
    [s.ana],
  );
  expect(rows).toEqual([{ open_findings: 1 }]);
});
