import { describe, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageRequest } from "#db/testing/age.ts";
import { entry } from "#db/testing/entry.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { opened } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { approve as approveBySql } from "#db/testing/steps.ts";
import { atWork, eventsOf, question } from "#lib/impersonation/testing.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "./ask.ts";
import { cancel } from "./cancel.ts";
import { lapseDue } from "./lapse.ts";
import { recordOpened } from "./opened.ts";
import { remind } from "./remind.ts";
import { ringDue } from "./ring-due.ts";

const s = await scene();
const { ana, max, mia, worker } = await atWork(s);
// moe signed in too, and went home: only max and mia are at work.
await s.owner.query(
  "update staff_sign_ins set last_active_at = last_active_at - interval '1 hour', created_at = created_at - interval '2 hours' where staff_id = $1",
  [s.moe],
);

async function asked(ctx: Ctx<StaffActor> = ana): Promise<string> {
  const result = await ask(ctx, question(s.rita.id));
  if (!result.ok) throw new Error(result.error.message);
  return result.value.id;
}
const asks = async (request: string) => {
  const { rows } = await s.owner.query(
    "select s.name, a.ring, a.opened_at is not null as opened from request_asks a join staff s on s.id = a.approver_id where request_id = $1 order by a.ring, s.name",
    [request],
  );
  return rows.map(({ name, ring, opened: seen }) => [name, ring, ...(seen ? ["opened"] : [])]);
};
const rung = async (request: string) => {
  const { rows } = await s.owner.query(
    "select rung, nobody, next_at <= clock_timestamp() as due from request_rings where request_id = $1",
    [request],
  );
  return rows[0];
};
/** Lets in again who was suspended, as if that were long ago: requests of these tests are aged. */
async function letIn(...people: string[]): Promise<void> {
  await s.owner.query(
    "update staff set status = 'active', deactivated_at = null where id = any($1)",
    [people],
  );
  await s.owner.query(
    "update staff set restored_at = restored_at - interval '1 year' where id = any($1)",
    [people],
  );
}
/** Says that somebody is away for a day, as they would themselves. */
const away = (from: string, to: string | null) =>
  s.commit(async (sql) => {
    const id = newId();
    await insert(sql, "delegations", {
      ...{ id, from_id: from, to_id: to, starts_at: new Date(), reason: "On holiday" },
      ...{ ends_at: new Date(Date.now() + 86_400_000), given_by: from },
      given_entry_id: await entry(sql, "delegation.given", { actor: from }),
    });
    return id;
  });
const back = (id: string, by: string) =>
  s.commit(async (sql) =>
    sql.query(
      "update delegations set ended_at = now(), ended_by = $3, ended_entry_id = $2 where id = $1",
      [id, await entry(sql, "delegation.ended", { actor: by }), by],
    ),
  );
const shortly = (request: string) => cancel(ana, { requestId: request });

describe("rings", () => {
  it("asks who is at work as it is asked, the rest after two minutes, and names the fallback after five", async () => {
    const request = await asked();
    expect(await asks(request)).toEqual([
      ["max", 1],
      ["mia", 1],
    ]);
    expect(await eventsOf(s, { request })).toEqual(["request.asked", "request.rang"]);
    expect(await ringDue(worker)).toBe(0);

    await ageRequest(s.owner, request, "121 seconds");
    expect(await ringDue(worker)).toBe(1);
    expect(await ringDue(worker)).toBe(0);
    expect(await asks(request)).toContainEqual(["moe", 2]);

    await ageRequest(s.owner, request, "180 seconds");
    await ringDue(worker);
    expect(await rung(request)).toEqual({ rung: 3, nobody: false, due: null });
    const { rows } = await s.owner.query(
      "select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id where e.request_id = $1 and e.event = 'request.rang' order by e.occurred_at",
      [request],
    );
    expect(rows.map(({ body }) => [body.ring, body.names])).toEqual([
      [1, ["max", "mia"]],
      [2, ["moe"]],
      [3, []],
    ]);
    expect(rows[2]?.body.fallback).toEqual({ name: "Compliance", contact: "" });
    await shortly(request);
  });

  it("of which one cannot be, keep no other from being rung", async () => {
    const [broken, other] = [await asked(), await asked()];
    await s.owner.query(`create function broken() returns trigger language plpgsql as
      $$ begin raise exception 'broken'; end $$`);
    await s.owner.query(`create trigger broken before update on request_rings for each row
      when (new.request_id = '${broken}' and new.rung > 1) execute function broken()`);
    await s.owner.query("alter table request_rings enable always trigger broken");
    await ageRequest(s.owner, broken, "122 seconds");
    await ageRequest(s.owner, other, "121 seconds");
    await expect(ringDue(worker)).rejects.toThrow();
    expect(await asks(other)).toContainEqual(["moe", 2]);
    expect(await asks(broken)).not.toContainEqual(["moe", 2]);
    await s.owner.query("drop function broken() cascade");
    expect(await ringDue(worker)).toBe(1);
    for (const request of [broken, other]) await shortly(request);
  });

  it("looks no more at what is decided", async () => {
    const request = await asked();
    await shortly(request);
    await ageRequest(s.owner, request, "10 minutes");
    expect(await ringDue(worker)).toBe(1);
    expect(await rung(request)).toEqual({ rung: 1, nobody: false, due: null });
  });

  it("rings again at once when all who were asked have lost the role, and tells when nobody is left", async () => {
    const [nell, noa] = [await hire(s.owner, "nell", ["manager"]), await hire(s.owner, "noa", [])];
    const request = await asked();
    for (const left of [s.max, s.mia]) await takeRole(s.owner, left, "manager");
    expect(await ringDue(worker)).toBe(1);
    expect(await asks(request)).toEqual([
      ["max", 1],
      ["mia", 1],
      ["moe", 2],
      ["nell", 2],
    ]);
    await s.owner.query(
      "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
      [s.moe],
    );
    const leave = await away(nell, null);
    expect(await ringDue(worker)).toBe(1);
    expect(await rung(request)).toMatchObject({ nobody: true, due: false });
    expect(await eventsOf(s, { request })).toEqual([
      "request.asked",
      "request.rang",
      "request.rang",
      "request.no_approver",
    ]);
    // Whoever becomes a manager only now may not decide on it, nor who is let in again; who comes back from leave may.
    await s.owner.query(
      "insert into staff_roles (id, staff_id, role) values (gen_random_uuid(), $1, 'manager')",
      [noa],
    );
    await s.owner.query("update staff set status = 'active', deactivated_at = null where id = $1", [
      s.moe,
    ]);
    await ageRequest(s.owner, request, "31 seconds");
    await ringDue(worker);
    expect((await asks(request)).map(([name]) => name)).not.toContain("noa");
    expect(await rung(request)).toMatchObject({ nobody: true });
    await back(leave, nell);
    await ageRequest(s.owner, request, "31 seconds");
    await ringDue(worker);
    expect(await rung(request)).toMatchObject({ nobody: false });
    await shortly(request);
    await s.owner.query("update staff_roles set revoked_at = null where staff_id = any($1)", [
      [s.max, s.mia],
    ]);
    await letIn(s.moe);
  });

  it("tells at once that nobody may decide, with whom to turn to", async () => {
    const { rows: held } = await s.owner.query<{ id: string }>(
      "select staff_id as id from staff_roles where role = 'manager' and revoked_at is null",
    );
    const managers = held.map(({ id }) => id);
    await s.owner.query(
      "update staff set status = 'deactivated', deactivated_at = now() where id = any($1)",
      [managers],
    );
    const request = await asked();
    expect(await eventsOf(s, { request })).toEqual(["request.asked", "request.no_approver"]);
    await letIn(...managers);
    await shortly(request);
  });
});

describe("races", () => {
  it("rings once, whichever of two workers is first", async () => {
    const request = await asked();
    await ageRequest(s.owner, request, "121 seconds");
    await Promise.all([ringDue(worker), ringDue(worker), ringDue(worker)]);
    expect(
      (await eventsOf(s, { request })).filter((event) => event === "request.rang"),
    ).toHaveLength(2);
    await shortly(request);
  });

  it("does not wait for a vote, and rings nobody after it", async () => {
    const request = await asked();
    await ageRequest(s.owner, request, "121 seconds");
    const voting = await opened(s.runtime);
    await approveBySql(
      voting.sql,
      { id: request, actor: s.ana, subject: s.rita, minutes: 30, scope: "read" },
      s.max,
    );
    expect(await ringDue(worker)).toBe(0);
    await voting.commit();
    await ringDue(worker);
    expect(await rung(request)).toEqual({ rung: 1, nobody: false, due: null });
    await shortly(request);
  });

  it("leaves out who is being taken the role at this moment, and asks the rest", async () => {
    const taking = await opened(s.owner);
    await takeRole(taking.sql, s.max, "manager");
    const request = await asked();
    expect((await asks(request)).map(([name]) => name)).not.toContain("max");
    await taking.race((sql) => sql.query("rollback; begin"));
    await shortly(request);
  });

  it("does not let somebody open it who was suspended between", async () => {
    const request = await asked();
    const suspending = await opened(s.owner);
    await suspending.sql.query(
      "update staff set status = 'deactivated', deactivated_at = now() where id = $1",
      [s.mia],
    );
    await suspending.commit();
    expect(await recordOpened(mia, request)).toBe(false);
    await letIn(s.mia);
    await shortly(request);
  });
});

describe("lapses", () => {
  it("of which one cannot be written, keep no other from being", async () => {
    const [broken, other] = [await asked(), await asked()];
    await s.owner.query(`create function broken() returns trigger language plpgsql as
      $$ begin raise exception 'broken'; end $$`);
    await s.owner.query(`create trigger broken before update on requests for each row
      when (new.id = '${broken}' and new.status = 'lapsed') execute function broken()`);
    await s.owner.query("alter table requests enable always trigger broken");
    for (const request of [broken, other]) await ageRequest(s.owner, request, "2 days");
    await expect(lapseDue(worker)).rejects.toThrow();
    const { rows } = await s.owner.query(
      "select id from requests where id = any($1) and status = 'lapsed'",
      [[broken, other]],
    );
    expect(rows).toEqual([{ id: other }]);
    await s.owner.query("drop function broken() cascade");
    expect(await lapseDue(worker)).toBe(1);
  });
});

describe("opening", () => {
  it("is on record the first time, of who may decide, asked or not", async () => {
    const request = await asked();
    expect(await recordOpened(max, request)).toBe(true);
    expect(await recordOpened(max, request)).toBe(false);
    expect(await recordOpened(ana, request)).toBe(false);
    expect(await asks(request)).toContainEqual(["max", 1, "opened"]);
    const moe = { ...max, actor: { ...max.actor, id: s.moe, name: "moe" } };
    expect(await recordOpened(moe, request)).toBe(true);
    expect(await asks(request)).toContainEqual(["moe", null, "opened"]);
    await shortly(request);
    expect(await recordOpened(mia, request)).toBe(false);
  });

  it("is once, whichever of two tabs is first", async () => {
    const request = await asked();
    const seen = await Promise.all([recordOpened(max, request), recordOpened(max, request)]);
    expect(seen.filter(Boolean)).toHaveLength(1);
    await shortly(request);
  });

  it("lets none of forty tabs wait for the one that writes it, while a decision holds the request", async () => {
    const request = await asked();
    const decision = await opened(s.owner);
    await decision.sql.query("select from requests where id = $1 for update", [request]);
    let left = 39;
    const allButOne = Promise.withResolvers<void>();
    const tab = async () => {
      const isFirst = await recordOpened(max, request);
      left -= 1;
      if (left === 0) allButOne.resolve();
      return isFirst;
    };
    const tabs = Array.from({ length: 40 }, tab);
    await allButOne.promise;
    await decision.commit();
    expect((await Promise.all(tabs)).filter(Boolean)).toHaveLength(1);
    await shortly(request);
  });
});

describe("reminding", () => {
  it("reaches who was asked and can still decide, at most every two minutes", async () => {
    const request = await asked();
    expect(await remind(ana, { requestId: request })).toEqual({
      ok: true,
      value: { names: ["max", "mia"] },
    });
    const again = await remind(ana, { requestId: request });
    expect(again).toMatchObject({ ok: false, error: { code: "too_often" } });
    await shortly(request);
  });

  it("is the actor's, of what is not decided", async () => {
    const request = await asked();
    expect(await remind(max, { requestId: request })).toMatchObject({
      error: { code: "not_found" },
    });
    await shortly(request);
    expect(await remind(ana, { requestId: request })).toMatchObject({
      error: { code: "not_pending" },
    });
  });
});

describe("who is away", () => {
  it("is not asked, and whoever decides for them is the actor's own manager meanwhile", async () => {
    const lead = await hire(s.owner, "lead", ["manager"]);
    await s.owner.query("update staff set manager_id = $2 where id = $1", [s.ana, lead]);
    await insert(s.owner, "policy_versions", {
      version: 20,
      body: {
        ...policy14,
        approvals: { sensitive: 1, rules: [{ by: "own_manager", votes: 1 }] },
      },
    });
    const leave = await away(lead, s.mia);
    const request = await asked();
    expect(await asks(request)).toEqual([["mia", 1]]);

    // Back early: then it is theirs to decide, and nobody else who was asked can.
    await back(leave, lead);
    await ringDue(worker);
    expect(await asks(request)).toContainEqual(["lead", 2]);
    await shortly(request);
  });
});
