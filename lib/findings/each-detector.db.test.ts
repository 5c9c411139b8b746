import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageSession } from "#db/testing/age.ts";
import { addAccount, addSubject, hire, type Subject } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert, type Row } from "#db/testing/sql.ts";
import { approve, ask, attempt, end, type Session, start } from "#db/testing/steps.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { Detector } from "#lib/vocabulary.ts";
import { addTicket, atAllHours, detectAll, findingsBy, visit } from "./testing.ts";

/*
 * Every detector from the verbs to the finding, beside the same thing explained, which raises nothing. What each finds
 * at its boundary is in its own test.
 */

const s = await scene();
const { ana, worker } = await atWork(s);
await atAllHours(s, {
  accountsInAnHour: 1000,
  sameSubject: 1000,
  dormantDays: 30,
  namesakes: 3,
  unusedDays: 30,
  writesInASession: 2,
  exportsInASession: 1,
  pairRequests: 3,
  quickApprovals: 2,
  refusalsInARow: 3,
});

let hired = 0;
/** Somebody new, who used their access not long ago. */
async function agent(over: Row = {}) {
  hired += 1;
  const name = `agent${hired}`;
  const id = await hire(s.owner, name, ["agent"], { since: "1 day" });
  if (Object.keys(over).length > 0)
    for (const [column, value] of Object.entries(over))
      await s.owner.query(`update staff set ${column} = $2 where id = $1`, [id, value]);
  const { rows } = await s.owner.query<{ email: string }>("select email from staff where id = $1", [
    id,
  ]);
  const signInId = `01a20f34-9d2f-7282-a6ab-${String(hired).padStart(12, "0")}`;
  await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
  const email = rows[0]?.email ?? "";
  return { ...ana, actor: { ...ana.actor, id, name, email, roles: ["agent"] as const, signInId } };
}
type Agent = Awaited<ReturnType<typeof agent>>;

const customer = async (more: Row = {}, tier: "standard" | "regulated" = "standard") =>
  addSubject(s.owner, s.product, await addAccount(s.owner, s.product, tier), more);

let tickets = 0;
const explain = (of: Subject, { actor }: Agent) => {
  tickets += 1;
  return addTicket(s, `SUP-${tickets}`, of, { assignee_email: actor.email });
};

const found = async (detector: Detector, { actor }: Agent): Promise<string[]> => {
  await detectAll(worker);
  const all = await findingsBy(s, detector);
  return all.filter(({ actorId }) => actorId === actor.id).map(({ explanation }) => explanation);
};

/** Does it twice: by one agent with nothing to explain it, by another with an open ticket. */
async function both(
  detector: Detector,
  make: () => Promise<{ of: Subject; by: Agent; act: () => Promise<unknown> }>,
): Promise<string[]> {
  const explained = await make();
  await explain(explained.of, explained.by);
  await explained.act();
  expect(await found(detector, explained.by)).toEqual([]);
  const bare = await make();
  await bare.act();
  return found(detector, bare.by);
}

const visiting =
  (over: Row, by: () => Promise<Agent> = agent) =>
  async () => {
    const [of, one] = [await customer(over), await by()];
    return { of, by: one, act: () => visit(s, one, of, "1 hour") };
  };

test("a VIP", async () => {
  const make = async () => {
    const [of, by] = [await customer({ is_vip: true }), await agent()];
    const act = () => actAs(by, of);
    return { of, by, act };
  };
  expect(await both("vip", make)).toEqual([expect.stringContaining("a VIP of Northwind")]);
});

/** A session for acting that a manager approved; by plain SQL. */
const actAs = ({ actor }: Agent, of: Subject, more: { wait?: string; writes?: Row[] } = {}) =>
  s.commit(async (sql): Promise<Session> => {
    const request = await ask(sql, actor.id, of);
    await approve(sql, request, s.max);
    const session = await start(sql, request);
    for (const [seq, row] of (more.writes ?? []).entries())
      await attempt(sql, session, { seq, ...row });
    await end(sql, session);
    return session;
  });

test("more writes and exports than usual", async () => {
  const make = async () => {
    const [of, by] = [await customer(), await agent()];
    const writes = [{}, {}, {}, { effect: "export" }, { effect: "export" }];
    return { of, by, act: () => actAs(by, of, { writes }) };
  };
  expect(await both("unusual_writes", make)).toEqual([
    expect.stringContaining("3 writes, usually none and 2 exports, usually none"),
  ]);
});

test("a namesake, and the domain of the actor's own mail", async () => {
  const namesake = visiting({ name: "Jane Ashdown" }, () => agent({ name: "Tom Ashdown" }));
  expect(await both("near_to_actor", namesake)).toEqual([
    expect.stringContaining("they have the actor’s surname"),
  ]);
  const domain = visiting({ email: "cousin@ruiz.test" }, () =>
    agent({ email: `tom${hired}@ruiz.test` }),
  );
  expect(await both("near_to_actor", domain)).toEqual([
    expect.stringContaining("both at ruiz.test"),
  ]);
});

test("a namesake of a common name is none, nor is a colleague's mailbox of everybody", async () => {
  for (let n = 0; n < 4; n += 1) await customer({ name: `Jane${n} Smith` });
  const smith = await agent({ name: "Tom Smith" });
  await visit(s, smith, await customer({ name: "Ada Smith" }), "1 hour");
  expect(await found("near_to_actor", smith)).toEqual([]);
  const free = await agent({ email: `tom${hired}@gmail.com` });
  await visit(s, free, await customer({ email: "ada@gmail.com" }), "1 hour");
  expect(await found("near_to_actor", free)).toEqual([]);
  const ours = await agent();
  await visit(s, ours, await customer({ email: "ada@alongside.test" }), "1 hour");
  expect(await found("near_to_actor", ours)).toEqual([]);
});

test("access that nobody used for long, and a customer who was not seen for long", async () => {
  // Before the first session that is known, nobody can tell.
  await visit(s, ana, await customer(), "60 days");
  const old = async () => {
    const by = await agent();
    await s.owner.query(
      "update staff_roles set granted_at = clock_timestamp() - interval '40 days' where staff_id = $1",
      [by.actor.id],
    );
    return by;
  };
  expect(await both("dormant", visiting({}, old))).toEqual([
    expect.stringMatching(/this access was not used for (39|40) days/),
  ]);
  const seen = new Date(Date.now() - 50 * 86_400_000);
  expect(await both("dormant", visiting({ last_seen_at: seen }))).toEqual([
    expect.stringContaining("had not signed in for"),
  ]);
});

test("refusals in a row: asks for who cannot be stood in for, and what an approver denies", async () => {
  const make = async () => {
    const [of, by] = [await customer({ status: "deactivated" }), await agent()];
    const act = async () => {
      for (let n = 0; n < 3; n += 1) {
        const result = await standIn(
          by,
          question(of.id, { ticket: undefined, reasonCategory: "onboarding" }),
        );
        expect(result).toMatchObject({ ok: false });
      }
    };
    return { of, by, act };
  };
  expect(await both("refusals", make)).toEqual([expect.stringMatching(/^3 refusals, /)]);
});

test("typing a ticket wrong again and again is no refusal to speak of", async () => {
  const [of, by] = [await customer(), await agent()];
  for (let n = 0; n < 5; n += 1)
    expect(await standIn(by, question(of.id, { ticket: "4821" }))).toMatchObject({
      error: { code: "invalid" },
    });
  expect(await found("refusals", by)).toEqual([]);
});

test("approvals within seconds are about the approver; one manager who decides for all is no pair", async () => {
  await detectAll(worker);
  const quick = await findingsBy(s, "quick_approval");
  expect(quick.map(({ actorId }) => actorId)).toEqual([s.max]);
  expect(quick[0]?.explanation).toContain("approved within 10 s of the ask");
  expect(await findingsBy(s, "same_pair")).toEqual([]);
});

test("always the same pair, where the team goes to others", async () => {
  const make = async () => {
    const [of, by] = [await customer({ is_owner: true }), await agent({ team: `Team ${hired}` })];
    const [mate, theirs] = [await agent(), await customer({ is_owner: true })];
    await s.owner.query(
      "update staff set team = (select team from staff where id = $1) where id = $2",
      [by.actor.id, mate.actor.id],
    );
    const act = async () => {
      await s.commit(async (sql) => approve(sql, await ask(sql, mate.actor.id, theirs), s.max));
      for (let n = 0; n < 3; n += 1)
        await s.commit(async (sql) => approve(sql, await ask(sql, by.actor.id, of), s.mia));
    };
    return { of, by, act };
  };
  expect(await both("same_pair", make)).toEqual([
    expect.stringContaining(
      "mia approved 3 of 3 requests within 90 days; of the 1 of the rest of the team it was 0",
    ),
  ]);
});

test("outside of working hours in the actor's own zone", async () => {
  await insert(s.owner, "policy_versions", {
    version: 16,
    body: { ...policy14, workingHours: { from: 7, to: 19, days: [1, 2, 3, 4, 5, 6, 7] } },
  });
  const zone = "Asia/Tokyo";
  const by = await agent({ zone });
  const tokyo = (hour: number) => new Date(Date.UTC(2026, 5, 10, hour - 9));
  const at = async (time: Date) => {
    const id = await visit(s, by, await customer(), "0 seconds");
    await ageSession(s.owner, id, `${Math.round((Date.now() - time.getTime()) / 1000)} seconds`);
    return id;
  };
  await at(tokyo(12));
  expect(await found("outside_hours", by)).toEqual([]);
  await at(tokyo(22));
  expect(await found("outside_hours", by)).toEqual([
    expect.stringMatching(
      /^1 session outside working hours on 10 Jun, at 2[12]:\d\d \(Asia\/Tokyo\)/,
    ),
  ]);
});
