import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { start } from "#lib/impersonation/start.ts";
import { question } from "#lib/impersonation/testing.ts";
import { ask } from "#lib/requests/ask.ts";
import { underReview, valueIn } from "#lib/reviews/testing.ts";
import { exposureTotals } from "./exposure.ts";

test("a session over midnight laid open what it saw on both days, and on no third", async () => {
  const s = await scene();
  const w = await underReview(s);
  const asked = valueIn(await ask(w.ana, question(s.jane.id, { scope: "read" })));
  valueIn(await start(w.ana, { requestId: asked.id }));
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "sessions", () =>
      sql.query(`update sessions set started_at = '2026-11-20 23:50Z', last_active_at = '2026-11-21 00:15Z',
        expires_at = '2026-11-21 00:30Z', ended_at = '2026-11-21 00:20Z', end_cause = 'time', ended_entry_id = started_entry_id`),
    ),
  );
  const on = async (day: string) =>
    (await exposureTotals(w.worker.db, { of: "actor", id: s.ana, from: day, to: day })).sessions;
  expect(await on("2026-11-19")).toBe(0);
  expect(await on("2026-11-20")).toBe(1);
  expect(await on("2026-11-21")).toBe(1);
  expect(await on("2026-11-22")).toBe(0);
});
