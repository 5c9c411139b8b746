import { expect, test } from "vitest";
import { raiseFinding } from "#db/testing/findings.ts";
import { giveRole } from "#db/testing/people.ts";
import { itemOf, openReview, revoke } from "#db/testing/review.ts";
import { scene } from "#db/testing/scene.ts";
import { worked } from "#db/testing/worked.ts";
import { decideItem } from "./decide.ts";
import { lookAtItem } from "./look.ts";
import { openCampaign } from "./open-campaign.ts";
import { readStillThere } from "./overdue.ts";
import { prove, proveDue } from "./prove.ts";
import { readSample } from "./sample.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const justification = "They moved to another team in the summer.";
const rows = async (text: string, params: unknown[] = []) =>
  (await s.owner.query(text, params)).rows;

test("decision, entry and loss of the right are one transaction, and the live session is over", async () => {
  const live = await s.live(s.ana);
  const review = await openReview(s, { [s.ana]: s.max });
  const item = await itemOf(s.owner, review, s.ana, "agent");
  valueIn(await lookAtItem(w.max, { slug: review.slug, number: item.number }));
  valueIn(await decideItem(w.max, { itemId: item.id, decision: "revoke", justification }));
  const [one] = await rows(
    `select d.xmin::text = g.xmin::text as row, e.xact = t.xact as entry from review_decisions d join staff_roles g on g.id = $1
       join audit_entry e on e.id = d.entry_id join audit_entry t on t.id = g.revoked_entry_id where d.item_id = $2`,
    [item.grant, item.id],
  );
  expect(one).toEqual({ row: true, entry: true });
  expect(await rows("select ended_at is not null as over, end_cause from sessions")).toEqual([
    { over: true, end_cause: "actor_withdrawn" },
  ]);
  expect(
    await rows(
      `select result, (select ended_at from sessions where id = $1) <= verified_at as after from review_remediations`,
      [live.id],
    ),
  ).toEqual([{ result: "refused", after: true }]);
});

test("a right that came back past the panel is not gone, and who answers for it is told", async () => {
  const review = await openReview(s, { [s.ben]: s.max });
  const item = await itemOf(s.owner, review, s.ben, "agent");
  await s.commit((sql) => revoke(sql, item));
  const seen = async () => [
    (await readStillThere(w.cora)).map(({ name }) => name),
    (await readStillThere(w.max)).map(({ name }) => name),
    (await readStillThere(w.mia)).map(({ name }) => name),
  ];
  expect(await seen()).toEqual([[], [], []]);
  await giveRole(s.owner, s.ben, "agent", "0 seconds");
  expect(await prove(w.worker, item.id)).toBe("still_possible");
  const remediated = "select remediated_at is not null as yes from review_items where id = $1";
  expect(await rows(remediated, [item.id])).toEqual([{ yes: false }]);
  expect(await seen()).toEqual([["ben"], ["ben"], []]);
  // It is tried again after an hour, not before, whoever takes it meanwhile.
  await s.owner.query(
    "update staff_roles set revoked_at = clock_timestamp() where staff_id = $1 and revoked_at is null",
    [s.ben],
  );
  expect(await proveDue(w.worker)).toBe(0);
  expect(await prove(w.worker, item.id)).toBe("refused");
  expect(await rows(remediated, [item.id])).toEqual([{ yes: true }]);
  expect(await seen()).toEqual([[], [], []]);
});

test("beside a sampled session stands what was found about it, also since", async () => {
  const agent = await w.person("sampled", []);
  await worked(s, [{ who: agent, at: "2026-08-03T10:00:00Z", subject: s.jane }]);
  await giveRole(s.owner, agent, "agent", "10 years");
  const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
  const { id } = valueIn(await openCampaign(w.cora, period));
  const [item] = await rows(
    "select id from review_items where campaign_id = $1 and staff_id = $2 and ended_at is null",
    [id, agent],
  );
  const found = async () =>
    (await readSample(w.worker.db, item.id)).map((row) => [row.why, row.found]);
  expect(await found()).toEqual([["chance", []]]);
  await s.commit(async (sql) => {
    const finding = await raiseFinding(sql, agent);
    await sql.query(
      "insert into finding_sessions (finding_id, session_id) select $1, id from sessions where actor_id = $2",
      [finding, agent],
    );
  });
  expect(await found()).toEqual([["chance", [{ detector: "vip", open: true }]]]);
});
