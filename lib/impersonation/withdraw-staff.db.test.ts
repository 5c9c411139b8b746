import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { opened, until } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { ask } from "#lib/requests/ask.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";
import { crowd } from "./crowd/testing.ts";
import { start } from "./start.ts";
import { atWork, question } from "./testing.ts";
import { withdrawStaff } from "./withdraw-staff.ts";
import { readWouldEnd } from "./would-end.ts";

const s = await scene();
const { ana } = await atWork(s);
const { hired } = crowd(s, ana);
const admin = await hired(["admin"]);
const manager = await hired(["manager"]);
await insert(s.owner, "policy_versions", {
  version: 15,
  body: { ...policy14, standing: { maxHours: 8 } },
});

/** Somebody for whom an approval stands, which they have used. */
async function standing() {
  const agent = await hired(["agent"]);
  const asked = await ask(agent, question(s.rita.id, { ticket: "SUP-4821", standingHours: 8 }));
  if (!asked.ok) throw new Error(asked.error.message);
  const requestId = asked.value.id;
  const shown = await readRequest(manager, requestId);
  const voted = await approve(manager, { requestId, ask: shown?.ask ?? "", minutes: 30 });
  if (!voted.ok) throw new Error(voted.error.message);
  const started = await start(agent, { requestId });
  if (!started.ok) throw new Error(started.error.message);
  return { agent, requestId };
}
const suspend = (staffId: string) => withdrawStaff(admin, { staffId, reason: "They left" });

test("what stands for somebody ends with their suspension, on record in the same transaction", async () => {
  const [{ agent, requestId }, other] = [await standing(), await standing()];
  const before = await readWouldEnd(admin, agent.actor.id);
  expect(before.standing).toHaveLength(1);
  expect(await suspend(agent.actor.id)).toMatchObject({ ok: true });
  expect((await readWouldEnd(admin, agent.actor.id)).standing).toEqual([]);
  const { rows } = await s.owner.query(
    `select e.event, e.actor_id, p.body::jsonb ->> 'what' as what, e.xmin::text = w.xmin::text as at_once
       from requests r join audit_entry e on e.id = r.standing_ended_entry_id join audit_payload p on p.entry_id = e.id
       join staff a on a.id = r.actor_id join audit_entry w on w.id = a.changed_entry_id
       where r.id in ($1, $2)`,
    [requestId, other.requestId],
  );
  expect(rows).toEqual([
    {
      event: "standing.ended",
      actor_id: admin.actor.id,
      what: expect.stringMatching(/^The approval of R-\d+ stands no longer: .+ was suspended$/),
      at_once: true,
    },
  ]);
});

test("suspending beside starts that stand on the same approval leaves neither waiting for the other", async () => {
  for (let round = 0; round < 8; round += 1) {
    const { agent, requestId } = await standing();
    const again = ask(agent, question(s.rita.id, { ticket: "SUP-4821" })).then((asked) =>
      asked.ok ? start(agent, { requestId: asked.value.id }) : asked,
    );
    const [done] = await Promise.all([suspend(agent.actor.id), again]);
    expect(done).toMatchObject({ ok: true });
    const { rows } = await s.owner.query(
      `select r.standing_ended_at is not null as ended,
         (select count(*)::int from sessions where actor_id = r.actor_id and ended_at is null) as live
         from requests r where r.id = $1`,
      [requestId],
    );
    expect(rows).toEqual([{ ended: true, live: 0 }]);
  }
});

test("whoever is suspended cannot keep it off by asking at that moment, in whatever order the rows are taken", async () => {
  const { agent, requestId } = await standing();
  const asking = await opened(s.owner);
  await asking.sql.query("select 1 from staff where id = $1 for share", [agent.actor.id]);
  const suspended = suspend(agent.actor.id);
  await until(
    s.owner,
    "select exists (select 1 from pg_stat_activity where $1::int = any(pg_blocking_pids(pid))) as yes",
    String(asking.pid),
  );
  // Each waits for the other by now: the server gives up whoever has waited longer.
  await asking.race((sql) =>
    sql.query("select 1 from requests where id = $1 for share", [requestId]),
  );
  expect(await suspended).toMatchObject({ ok: true });
});
