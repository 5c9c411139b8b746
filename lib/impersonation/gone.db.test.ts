import { expect, test } from "vitest";
import { scene } from "#db/testing/scene.ts";
import { finishSync } from "#lib/directory/finish-sync.ts";
import { beginSync } from "#lib/directory/sync.ts";
import { must } from "#lib/directory/testing.ts";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import { newId } from "#lib/kernel/ids.ts";
import { endDue } from "./end-due.ts";
import { standIn } from "./stand-in.ts";
import { atWork, question } from "./testing.ts";

const s = await scene();
const { ana, ledger, worker } = await atWork(s);

test("a session ends with its person: at the next question, and on record by the worker", async () => {
  const started = must(await standIn(ana, question(s.jane.id, { scope: "write" })));
  if (started.kind !== "started") throw new Error("It should have started");
  const { id: syncId } = must(await beginSync(ledger));
  must(await finishSync(ledger, { syncId, rejected: 0, gone: 100 }));

  const attempt = {
    id: newId(),
    phase: "attempt" as const,
    at: new Date().toISOString(),
    method: "POST",
    route: "/invoices/:x",
    effect: "data" as const,
    seq: 1,
  };
  const { active, verdicts } = must(await recordActions(ledger, started.sessionId, [attempt]));
  expect(active).toBe(false);
  expect(verdicts).toMatchObject([{ accepted: false, reason: "ended" }]);
  await endDue(worker);
  const { rows } = await s.owner.query("select end_cause from sessions where id = $1", [
    started.sessionId,
  ]);
  // The account is gone too, which counts first for the person.
  expect(rows).toEqual([{ end_cause: "subject_withdrawn" }]);
  expect(await standIn(ana, question(s.jane.id))).toMatchObject({ ok: false });
});
