import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, grant, start } from "#db/testing/steps.ts";

const s = await scene();
const request = await s.granted();

test.each(["repeatable read", "serializable"])(
  "%s does not bring a lost role back",
  async (level) => {
    const outcome = await attack(s, async (sql) => {
      await sql.query(`set transaction isolation level ${level}`);
      await start(sql, request);
    });
    expect(outcome).toBe("decision_in_old_snapshot");
  },
);

test("nor to ask or to grant", async () => {
  const asking = await attack(s, async (sql) => {
    await sql.query("set transaction isolation level repeatable read");
    await ask(sql, s.ana, s.jane);
  });
  expect(asking).toBe("decision_in_old_snapshot");
  const pending = await s.commit((sql) => ask(sql, s.ben, s.jane));
  await takeRole(s.owner, s.mia, "manager");
  const granting = await attack(s, async (sql) => {
    await sql.query("set transaction isolation level serializable");
    await grant(sql, pending);
  });
  expect(granting).toBe("decision_in_old_snapshot");
});
