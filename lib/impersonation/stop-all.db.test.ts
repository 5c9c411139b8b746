import { expect, it } from "vitest";
import { hire } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { endDue } from "./end-due.ts";
import { dueCause, readSession } from "./lock.ts";
import { standIn } from "./stand-in.ts";
import { stopAll } from "./stop-all.ts";
import { atWork, question } from "./testing.ts";

const s = await scene();
const { ana, ben, max, worker } = await atWork(s);

async function live(ctx: Ctx<StaffActor>): Promise<string> {
  const started = await standIn(ctx, question(s.jane.id));
  if (!started.ok || started.value.kind !== "started") throw new Error("It should have started");
  return started.value.sessionId;
}

it("stands though one ending cannot be written down, which the worker tries again", async () => {
  const [stuck, other] = [await live(ana), await live(ben)];
  await s.owner.query(`
    create function stuck() returns trigger language plpgsql as $$ begin raise exception 'stuck'; end $$;
    create trigger stuck before update on sessions for each row when (old.id = '${stuck}') execute function stuck();
    alter table sessions enable always trigger stuck`);
  const admin = await hire(s.owner, "ada", ["admin"]);
  const asAdmin: Ctx<StaffActor> = { ...max, actor: { ...max.actor, id: admin, roles: ["admin"] } };
  expect(await stopAll(asAdmin, { reason: "A leak" })).toMatchObject({ ok: true });
  expect((await readSession(ana.db, other))?.session.endCause).toBe("global_stop");
  const read = await readSession(ana.db, stuck);
  expect(read?.session.endedAt).toBeNull();
  expect(read && dueCause(read.session, read.at)).toBe("global_stop");
  await expect(endDue(worker)).rejects.toThrow();
  await s.owner.query("drop trigger stuck on sessions");
  expect(await endDue(worker)).toBe(1);
});
