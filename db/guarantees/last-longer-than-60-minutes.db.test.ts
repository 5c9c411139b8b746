import { expect, test } from "vitest";
import { attack } from "#db/testing/attack.ts";
import { scene } from "#db/testing/scene.ts";
import { ask, start } from "#db/testing/steps.ts";

const s = await scene();

test("asked for", async () => {
  const outcome = await attack(s, (sql) => ask(sql, s.ana, s.jane, { minutes: 61 }));
  expect(outcome).toBe("requests_minutes");
});

test("started for", async () => {
  const request = await s.granted();
  const outcome = await attack(s, (sql) => start(sql, request, { minutes: 61 }));
  expect(outcome).toBe("session_other_than_granted");
});

test("started in the future, with an end of its own", async () => {
  const request = await s.granted();
  const session = await s.commit((sql) =>
    start(sql, request, {
      started_at: "2999-01-01",
      last_active_at: "2999-01-01",
      expires_at: "2999-12-31",
    }),
  );
  const { rows } = await s.owner.query(
    `select started_at between clock_timestamp() - interval '1 minute' and clock_timestamp() as now,
       last_active_at = started_at as active, expires_at - started_at = interval '30 minutes' as ends
     from sessions where id = $1`,
    [session.id],
  );
  expect(rows).toEqual([{ now: true, active: true, ends: true }]);
});

test("even where no trigger would set the end", async () => {
  const session = await s.live(s.ben);
  const asOwner = { owner: s.owner, runtime: s.owner };
  const outcome = await attack(asOwner, async (sql) => {
    await sql.query("alter table sessions disable trigger user");
    await sql.query(
      "update sessions set expires_at = started_at + interval '60 minutes 1 second' where id = $1",
      [session.id],
    );
  });
  expect(outcome).toBe("sessions_sixty_minutes");
});
