import { expect, test } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import type { Role } from "#lib/vocabulary.ts";
import { dispose } from "./dispose.ts";
import { lookAtUsual } from "./look-at-usual.ts";
import { readFinding } from "./read-finding.ts";
import { atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

const s = await scene();
const { ana, max, mia, moe, worker } = await atWork(s);
await atAllHours(s, { sameSubject: 2, withoutTicketInAWeek: 1000, dormantDays: 1000 });
const as = async (name: string, roles: Role[], managerId?: string) => {
  const id = await hire(s.owner, name, roles, managerId ? { managerId } : {});
  return { ...max, actor: { ...max.actor, id, name, roles } };
};
const leads = (id: string, by: string | null) =>
  s.owner.query("update staff set manager_id = $2 where id = $1", [id, by]);
const looks = async () => {
  const { rows } = await s.owner.query<{ by: string }>(
    "select actor_id as by from audit_entry where event = 'figures.read' order by occurred_at, id",
  );
  return rows.map(({ by }) => by);
};
const [cora, head] = [await as("cora", ["compliance"]), await as("head", ["manager"])];

async function finding(agent: typeof ana): Promise<{ id: string; number: number }> {
  for (const ago of ["3 days", "2 days"]) await visit(s, agent, s.jane, ago);
  await detectAll(worker);
  const open = (await findingsBy(s)).find((one) => one.actorId === agent.actor.id);
  if (!open) throw new Error("Nothing was found");
  return open;
}

test("figures beside a finding are for their manager and compliance, and each look is an entry", async () => {
  await leads(s.ana, s.mia);
  await leads(s.mia, head.actor.id);
  const { number } = await finding(ana);
  const sees = async (by: typeof max) => {
    const read = await readFinding(by, number);
    return read ? (await lookAtUsual(by, read)) !== null : "no finding";
  };
  // Max has the same team, the head is the manager's manager, and Mia her manager, until she is not.
  expect([await sees(max), await sees(head), await sees(mia), await sees(cora)]).toEqual([
    ...[false, false, true, true],
  ]);
  expect(await sees(ana)).toBe("no finding");
  expect(await sees(mia)).toBe(true);
  expect(await looks()).toEqual([s.mia, cora.actor.id, s.mia]);
  await leads(s.ana, s.max);
  expect([await sees(mia), await sees(max)]).toEqual([false, true]);
});

test("nobody disposes of one about themselves, by whichever role they hold", async () => {
  const { id: findingId } = await finding(moe);
  const note = "The customer had called; the recording says so.";
  const by = async (roles: Role[]) => {
    const result = await dispose(
      { ...moe, actor: { ...moe.actor, roles } },
      { findingId, as: "explained", note },
    );
    return result.ok ? "went through" : result.error.code;
  };
  expect([await by(["manager"]), await by(["compliance"])]).toEqual(["own_record", "own_record"]);
  // Nor whoever reports to them, also by somebody in between.
  await leads(s.max, s.mia);
  await leads(s.mia, s.moe);
  expect(await dispose(max, { findingId, as: "explained", note })).toMatchObject({
    error: { code: "reports_to_actor" },
  });
});
