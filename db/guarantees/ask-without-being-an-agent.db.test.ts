import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask } from "#db/testing/steps.ts";

const s = await scene();

test("a manager, a former agent and a deactivated one cannot ask", async () => {
  const former = await hire(s.owner, "former", ["agent"]);
  await takeRole(s.owner, former, "agent");
  const gone = await hire(s.owner, "gone", ["agent"]);
  await s.owner.query(
    "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
    [gone],
  );
  for (const actor of [s.max, former, gone])
    expect(await attack(s, (sql) => ask(sql, actor, s.jane))).toBe("request_actor_role");
});
