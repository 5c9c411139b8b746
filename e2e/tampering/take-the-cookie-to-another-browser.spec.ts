import { fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

test("a stolen cookie is on record with its thief's browser, and is over when its owner enters again or ends", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, "jane@pebblewick.test");
  const sid = await started(agent, subject);
  const stolen = await throughTheDoor(agent, sid);

  // Nothing can tell the two apart at first: what can be done is seen, by whom is written down.
  const thief = { headers: { "user-agent": "the thief's" } };
  expect((await fromLedger(stolen, "/invoices", thief)).status).toBe(200);
  await expect
    .poll(async () => {
      const { rowCount } = await owner.query(
        `select 1 from audit_entry e join audit_payload p on p.entry_id = e.id
          where e.session_id = $1 and p.body::jsonb->>'user_agent' = 'the thief''s'`,
        [sid],
      );
      return rowCount;
    })
    .toBe(1);

  // A newer token retires the older: within 5 s the old cookie reads nothing.
  const own = await throughTheDoor(agent, sid);
  await expect(async () => {
    expect((await fromLedger(stolen, "/invoices", thief)).status).toBe(403);
  }).toPass();
  expect((await fromLedger(own, "/invoices")).status).toBe(200);

  expect((await fromLedger(own, "/alongside/end", { method: "POST" })).status).toBe(303);
  expect((await fromLedger(own, "/invoices")).status).toBe(403);
  const { rows } = await owner.query("select end_cause from sessions where id = $1", [sid]);
  expect(rows).toEqual([{ end_cause: "actor" }]);
});
