import { expect, it } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { ageSession } from "#db/testing/age.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endDue } from "./end-due.ts";
import { readSession } from "./lock.ts";
import { recordActions } from "./record-actions.ts";
import { standIn } from "./stand-in.ts";
import { atWork, question } from "./testing.ts";

const s = await scene();
const { ana, moe, ledger, worker } = await atWork(s);

async function live(ctx: Ctx<StaffActor>): Promise<string> {
  const started = await standIn(ctx, question(s.jane.id, { minutes: 60 }));
  if (!started.ok || started.value.kind !== "started") throw new Error("It should have started");
  return started.value.sessionId;
}
const age = ({ actor }: Ctx<StaffActor>, column: "created_at" | "last_active_at", by: string) =>
  s.owner.query(`update staff_sign_ins set ${column} = ${column} - $2::interval where id = $1`, [
    actor.signInId,
    by,
  ]);
async function isActive(sessionId: string): Promise<boolean> {
  const answer = await recordActions(ledger, sessionId, []);
  return answer.ok && answer.value.active;
}
const causeOf = async (id: string) => (await readSession(ana.db, id))?.session.endCause;

it("a session ends when its sign-in is 12 h old, though it is in use", async () => {
  const session = await live(moe);
  await age(moe, "created_at", "11 hours 59 minutes");
  expect(await isActive(session)).toBe(true);
  await age(moe, "created_at", "1 minute");
  expect(await isActive(session)).toBe(false);
  expect(await causeOf(session)).toBe("sign_out");
});

it("it ends when neither it nor its sign-in was used for 30 min, whatever idle time its policy gives it", async () => {
  const session = await live(ana);
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "sessions", () =>
      sql.query("update sessions set idle_minutes = 60 where id = $1", [session]),
    ),
  );
  // Work in the product is use of the sign-in.
  await age(ana, "last_active_at", "31 minutes");
  expect(await isActive(session)).toBe(true);
  await ageSession(s.owner, session, "29 minutes");
  expect(await isActive(session)).toBe(true);
  // What was asked just now was use, too.
  await ageSession(s.owner, session, "30 minutes");
  expect(await endDue(worker)).toBe(1);
  expect(await causeOf(session)).toBe("sign_out");
});
