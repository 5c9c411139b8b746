import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { entry } from "#db/testing/entry.ts";
import { hire } from "#db/testing/people.ts";
import { ruleBy } from "#db/testing/rules.ts";
import { scene } from "#db/testing/scene.ts";
import { type Row, type Sql, update } from "#db/testing/sql.ts";
import { approve, ask, end, grant, start } from "#db/testing/steps.ts";

const s = await scene();
await ruleBy(s.owner, { standing: { maxHours: 8 } });
const ada = await hire(s.owner, "ada", ["admin"]);

/** Suspends and lets in again; what was to be cancelled between was not, as where the process was killed. */
async function awayAndBack(person: string): Promise<void> {
  const set = (event: "staff.withdrawn" | "staff.restored", change: Row) =>
    s.commit(async (sql) =>
      update(sql, "staff", person, {
        ...change,
        changed_entry_id: await entry(sql, event, { actor: ada, body: { person } }),
      }),
    );
  await set("staff.withdrawn", { status: "deactivated", deactivated_at: new Date() });
  await set("staff.restored", { status: "active", deactivated_at: null });
}

test("nothing that was granted then", async () => {
  const agent = await s.agent("granted");
  const request = await s.granted(agent);
  await awayAndBack(agent);
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_before_suspension");
});

test("nor what others approve by now", async () => {
  const agent = await s.agent("pending");
  const request = await s.commit((sql) => ask(sql, agent, s.rita));
  await awayAndBack(agent);
  await s.commit((sql) => approve(sql, request, s.max));
  expect(await attack(s, (sql) => start(sql, request))).toBe("session_before_suspension");
  await s.live(agent);
});

test("nor does an approval stand for longer than that", async () => {
  const agent = await s.agent("standing");
  const base = { ticket: "SUP-1", scope: "read" };
  const first = await s.commit(async (sql) => {
    const asked = await ask(sql, agent, s.rita, { ...base, standing_hours: 8 });
    await approve(sql, asked, s.max);
    return asked;
  });
  const session = await s.commit((sql) => start(sql, first));
  await s.commit((sql) => end(sql, session));
  const later = async (sql: Sql) =>
    grant(sql, await ask(sql, agent, s.rita, { ...base, standing_of: first.id }));
  await s.commit(later);
  await awayAndBack(agent);
  expect(await attack(s, later)).toBe("request_without_approvals");
});
