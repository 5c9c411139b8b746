import { afterAll, beforeEach, describe, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageCounted, ageRequest } from "#db/testing/age.ts";
import { hire, takeRole } from "#db/testing/people.ts";
import { scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { flushCounted } from "#lib/audit/flush-counted.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import type { AnonymousActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { ask } from "#lib/requests/ask.ts";
import { readRequest } from "#lib/requests/queries.ts";
import { approve } from "#lib/requests/vote.ts";
import { faultsOfView } from "./block-kit/testing.ts";
import { interact } from "./interact.ts";
import { askSlackLink } from "./link/ask.ts";
import { readAskedLink, readSlackLink } from "./link/queries.ts";
import { unlinkSlack } from "./link/unlink.ts";
import { slackUsersOf } from "./member.ts";
import { fakeSlack, signed } from "./testing.ts";

const slack = await fakeSlack();
afterAll(() => slack.close());
const s = await scene();
const { ana, ben, max, mia, moe, worker } = await atWork(s);
const anybody: Ctx<AnonymousActor> = { ...max, actor: { kind: "anonymous" } };
const at = new Date();

/** Brings what Slack would bring, signed as of now, and waits for what is told afterwards. */
async function bring(payload: unknown, more: { at?: Date; body?: string } = {}) {
  const { body, headers } = signed(slack.settings.signingSecret, payload, { at, ...more });
  return take(body, headers["x-slack-request-timestamp"], headers["x-slack-signature"]);
}
async function take(body: string, timestamp: string | null, signature: string | null, now = at) {
  const result = await interact(anybody, slack.settings, { body, timestamp, signature }, now);
  if (result.ok) await result.value.later?.();
  return result;
}

let presses = 0;
const who = (user: string, team = slack.team) => ({ team: { id: team }, user: { id: user } });
const press = (user: string, action_id: string, value?: string) => {
  presses += 1;
  return {
    type: "block_actions",
    ...who(user),
    trigger_id: `trigger.${presses}`,
    channel: { id: `D${user.slice(1)}` },
    actions: [{ action_id, value, type: "button" }],
  };
};
const reason = (user: string, metadata: string, value: string | null) => {
  presses += 1;
  return {
    type: "view_submission",
    ...who(user),
    trigger_id: `trigger.${presses}`,
    view: {
      callback_id: "deny_request",
      private_metadata: metadata,
      state: { values: { reason: { reason: { type: "plain_text_input", value } } } },
    },
  };
};

/** Links as a person does: asked for in the panel, pressed in Slack. */
async function link(person: Ctx<StaffActor>, user: string) {
  slack.people.add(user);
  const asked = await askSlackLink(person, slack.settings, { userId: user });
  if (!asked.ok) throw new Error(asked.error.message);
  await bring(press(user, "link", codeFor(user)));
}
/** The code on the button of the newest message to somebody. */
function codeFor(user: string): string {
  const message = slack.posted.findLast(({ channel }) => channel === `D${user.slice(1)}`);
  const code = /"value":"([\w-]{43})"/.exec(JSON.stringify(message?.blocks))?.[1];
  if (!code) throw new Error("There is no button");
  return code;
}

async function asked(by = ana, over = {}, subject = s.rita.id) {
  const result = await ask(by, question(subject, over));
  if (!result.ok) throw new Error(result.error.message);
  const request = await readRequest(max, result.value.id);
  if (!request) throw new Error("It was not asked");
  return { id: request.id, button: `${request.id}.${request.ask}`, ask: request.ask };
}
const votesOn = async (id: string) => {
  const { rows } = await s.owner.query(
    "select vote, approver_id, comment from approvals where request_id = $1",
    [id],
  );
  return rows;
};
const lastRefusal = async () => {
  const { rows } = await s.owner.query(
    `select e.event, e.actor_id, p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
      where p.body::jsonb ? 'refused' order by e.occurred_at desc, e.id desc limit 1`,
  );
  return rows[0];
};
const said = () => slack.ephemerals.at(-1)?.text;

let version = 14;
const policy = async (more: object) => {
  version += 1;
  await insert(s.owner, "policy_versions", { version, body: { ...policy14, ...more } });
};

await link(max, "U0MAX");
await link(mia, "U0MIA");
await link(moe, "U0MOE");
await link(ana, "U0ANA");
beforeEach(() => {
  slack.ephemerals.length = 0;
  slack.views.length = 0;
});

describe("a denial by Slack", () => {
  it("asks for the reason, then decides, by the very person, with how it came on record", async () => {
    const { id, button } = await asked();
    expect(await bring(press("U0MAX", "deny", button))).toEqual({
      ok: true,
      value: { body: null, later: null },
    });
    const [opened] = slack.views;
    expect(opened?.triggerId).toBe(`trigger.${presses}`);
    expect(JSON.stringify(opened?.view)).toContain("Invoices are shown twice");
    expect(await votesOn(id)).toEqual([]);
    const sent = await bring(reason("U0MAX", button, "Ask the owner first"));
    expect(sent).toMatchObject({ ok: true, value: { body: null } });
    expect(await votesOn(id)).toEqual([
      { vote: "deny", approver_id: max.actor.id, comment: "Ask the owner first" },
    ]);
    const { rows } = await s.owner.query(
      `select p.body::jsonb as body from audit_entry e join audit_payload p on p.entry_id = e.id
        where e.event = 'request.denied' and e.request_id = $1 and e.actor_id = $2`,
      [id, max.actor.id],
    );
    expect(rows[0]?.body).toMatchObject({ via: "slack", ip: null, by_kind: "staff" });
  });

  it("wants three letters, and says so in the form", async () => {
    const { id, button } = await asked();
    for (const text of ["no", " a ", "", null])
      expect(await bring(reason("U0MAX", button, text))).toMatchObject({
        value: { body: { response_action: "errors", errors: { reason: expect.any(String) } } },
      });
    expect(await votesOn(id)).toEqual([]);
  });

  it("tells who comes late who decided", async () => {
    const { id, ask, button } = await asked();
    await approve(mia, { requestId: id, ask, minutes: 15 });
    await bring(press("U0MAX", "deny", button));
    expect(said()).toMatch(/^mia approved R-\d+/);
    expect(slack.views).toHaveLength(0);
    const late = await bring(reason("U0MAX", button, "Not now"));
    expect(late).toMatchObject({ value: { body: { response_action: "update" } } });
    expect(JSON.stringify(late)).toContain("mia decided before you");
    const shown = late.ok && late.value.body && "view" in late.value.body && late.value.body.view;
    expect(faultsOfView(shown)).toEqual([]);
    expect(await votesOn(id)).toHaveLength(1);
  });

  it("is recorded as it may be stored, whatever characters came", async () => {
    const { id, button } = await asked();
    const odd = "\u0000\ud800Not now\u202e, \u200bplease \udc00\u0007";
    expect(await bring(reason("U0MAX", button, odd))).toMatchObject({ value: { body: null } });
    const [vote] = await votesOn(id);
    expect(vote?.comment).toMatch(/^.?Not now, please .?$/u);
    expect(vote?.comment).not.toMatch(/[\p{Cc}\p{Cs}\u202e\u200b]/u);
  });

  it("of a hundred forms sent at once, one decides", async () => {
    const { id, button } = await asked();
    const sent = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        bring({ ...reason(n % 2 ? "U0MAX" : "U0MIA", button, "Not now"), n }),
      ),
    );
    expect(sent.every(({ ok }) => ok)).toBe(true);
    expect(await votesOn(id)).toHaveLength(1);
  });

  it("is told of a lapse, and of a form that Slack does not open", async () => {
    const [late, open] = [await asked(), await asked()];
    await ageRequest(s.owner, late.id, "5 hours");
    await bring(press("U0MAX", "deny", late.button));
    expect(said()).toMatch(/has lapsed: nobody decided in time/);
    slack.fail({ error: "expired_trigger_id" });
    await bring(press("U0MAX", "deny", open.button));
    expect(said()).toMatch(/Press again, or deny it on its page/);
    slack.fail({ status: 503 });
    await bring(press("U0MAX", "deny", open.button));
    expect(said()).toMatch(/Press again/);
  });
});

describe("an approval by a button", () => {
  const ordinary = { sensitive: 1, rules: [] };
  it("is taken only where the policy says so, and never for the most sensitive", async () => {
    const vip = newId();
    await insert(s.owner, "subjects", {
      ...{ id: vip, product_id: s.product, account_id: s.standard, external_id: vip },
      ...{ name: "Vera Vip", email: "vera@northwind.test", role: "member", is_vip: true },
      ...{ status: "active", kind: "person" },
    });
    const [regulated, mild] = [await asked(), await asked(ben, {}, vip)];
    await bring(press("U0MAX", "approve", mild.button));
    expect(said()).toMatch(/approved on its page/);
    expect(await votesOn(mild.id)).toEqual([]);
    expect((await lastRefusal())?.body).toMatchObject({ refused: "not_allowed", via: "slack" });

    await policy({ approveInSlack: true });
    await bring(press("U0MAX", "approve", regulated.button));
    expect(said()).toMatch(/approved on its page/);
    expect(await votesOn(regulated.id)).toEqual([]);
    await policy({ approveInSlack: true, freshSignIn: { sensitiveApproval: 15 } });
    await bring(press("U0MAX", "approve", mild.button));
    expect(await votesOn(mild.id)).toEqual([]);

    await policy({ approveInSlack: true, approvals: ordinary });
    // By what the account is at the press, whatever it was when it was asked.
    const tier = (is: string) =>
      s.owner.query("update accounts set tier = $2 where id = $1", [s.standard, is]);
    await tier("regulated");
    await bring(press("U0MAX", "approve", mild.button));
    expect(said()).toMatch(/approved on its page/);
    expect(await votesOn(mild.id)).toEqual([]);
    await tier("standard");
    await Promise.all(
      Array.from({ length: 100 }, () => bring(press("U0MAX", "approve", mild.button))),
    );
    expect(await votesOn(mild.id)).toEqual([
      { vote: "approve", approver_id: max.actor.id, comment: null },
    ]);
    expect(slack.ephemerals.filter(({ text }) => text.startsWith("You approved"))).toHaveLength(1);
    await policy({});
  });
});

describe("who cannot decide", () => {
  it("is told so kindly, and on record: not linked, not an approver, one's own, another hash", async () => {
    const { id, button } = await asked();
    slack.people.add("U0STRANGE");
    await bring(press("U0STRANGE", "deny", button));
    expect(said()).toMatch(/does not know this Slack account/);
    // The same member's id of another workspace is somebody else.
    await bring({ ...press("U0MAX", "deny", button), ...who("U0MAX", "T0OTHER") });
    expect(said()).toMatch(/does not know this Slack account/);
    await bring(press("U0ANA", "deny", button));
    expect(said()).toMatch(/cannot decide on your own request/);
    const own = await asked(moe);
    await bring(press("U0MOE", "deny", own.button));
    expect(said()).toMatch(/cannot decide on your own request/);
    expect(await lastRefusal()).toMatchObject({
      event: "vote.refused",
      actor_id: moe.actor.id,
      body: { refused: "own_request", via: "slack" },
    });
    await bring(press("U0MAX", "deny", `${id}.${"0".repeat(64)}`));
    expect(said()).toMatch(/not the request that you were shown/);
    for (const [by, metadata] of [
      ["U0STRANGE", button],
      ["U0ANA", button],
      ["U0MAX", `${id}.${"0".repeat(64)}`],
      ["U0MAX", "nonsense"],
      ["U0MAX", `${newId()}.${"0".repeat(64)}`],
    ] as const)
      expect(await bring(reason(by, metadata, "Not now"))).toMatchObject({
        value: { body: { response_action: "update" } },
      });
    expect(await votesOn(id)).toEqual([]);
    expect(slack.views).toHaveLength(0);
  });

  it("loses it with the role, with the place, and with the link", async () => {
    const people = await Promise.all(
      ["lou", "lea", "luc"].map(async (name) => {
        const id = await hire(s.owner, name, ["manager"], { since: "2 years" });
        const signInId = newId();
        await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
        const ctx = { ...max, actor: { ...max.actor, id, name, signInId } };
        await link(ctx, `U0${name.toUpperCase()}`);
        return ctx;
      }),
    );
    const [lou, lea, luc] = people;
    if (!lou || !lea || !luc) throw new Error("Nobody was hired");
    const { id, button } = await asked();
    await bring(press("U0LOU", "deny", button));
    await bring(press("U0LEA", "deny", button));
    expect(slack.views).toHaveLength(2);
    await takeRole(s.owner, lou.actor.id, "manager");
    await s.owner.query(
      "update staff set status = 'deactivated', deactivated_at = clock_timestamp() where id = $1",
      [lea.actor.id],
    );
    expect(await unlinkSlack(luc, { staffId: luc.actor.id })).toMatchObject({ ok: true });
    for (const user of ["U0LOU", "U0LEA", "U0LUC"]) {
      expect(await bring(reason(user, button, "Not now"))).toMatchObject({
        value: { body: { response_action: "update" } },
      });
      await bring(press(user, "deny", button));
      expect(said()).toMatch(/not let in|does not know/);
    }
    expect(await votesOn(id)).toEqual([]);
    expect(slack.views).toHaveLength(2);
  });
});

describe("what Slack did not sign", () => {
  const refused = { ok: false, error: { code: "not_allowed" } };
  it("is refused, whatever is wrong with it, and counted by its source", async () => {
    const { id, button } = await asked();
    const payload = reason("U0MAX", button, "Not now");
    const { body, headers } = signed(slack.settings.signingSecret, payload, { at });
    const [timestamp, signature] = [
      headers["x-slack-request-timestamp"],
      headers["x-slack-signature"],
    ];
    const other = signed("another secret", payload, { at }).headers["x-slack-signature"];
    const seconds = (away: number) => new Date(at.getTime() + away * 1000);
    expect(await take(body.replace("Not", "Yes"), timestamp, signature)).toMatchObject(refused);
    expect(await take(`${body}&x=1`, timestamp, signature)).toMatchObject(refused);
    expect(await take(body, String(Number(timestamp) + 1), signature)).toMatchObject(refused);
    expect(await take(body, timestamp, other)).toMatchObject(refused);
    expect(await take(body, timestamp, signature.replace("v0=", "v1="))).toMatchObject(refused);
    expect(await take(body, timestamp, signature.toUpperCase())).toMatchObject(refused);
    expect(await take(body, timestamp, "v0=")).toMatchObject(refused);
    expect(await take(body, timestamp, null)).toMatchObject(refused);
    expect(await take(body, null, signature)).toMatchObject(refused);
    expect(await take(body, "now", signature)).toMatchObject(refused);
    expect(await take(body, timestamp, signature, seconds(302))).toMatchObject(refused);
    expect(await take(body, timestamp, signature, seconds(-302))).toMatchObject(refused);
    expect(await votesOn(id)).toEqual([]);
    await ageCounted(s.owner);
    await flushCounted(worker);
    const { rows } = await s.owner.query(
      `select sum((p.body::jsonb ->> 'count')::int)::int as n from audit_entry e join audit_payload p on p.entry_id = e.id
        where e.event = 'slack.refused' and e.actor_id is null`,
    );
    expect(rows[0]?.n).toBeGreaterThanOrEqual(12);
  });

  it("is taken once: of a hundred copies at once one is, and none later", async () => {
    const { id, button } = await asked();
    const { body, headers } = signed(
      slack.settings.signingSecret,
      reason("U0MAX", button, "Not now"),
      { at },
    );
    const [timestamp, signature] = [
      headers["x-slack-request-timestamp"],
      headers["x-slack-signature"],
    ];
    const copies = await Promise.all(
      Array.from({ length: 100 }, () => take(body, timestamp, signature)),
    );
    expect(copies.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await take(body, timestamp, signature)).toMatchObject(refused);
    expect(await votesOn(id)).toHaveLength(1);
  });

  it("changes nothing where it is signed and says nothing that we answer", async () => {
    for (const payload of [
      null,
      [],
      "x",
      { type: "view_closed", ...who("U0MAX") },
      { type: "block_actions", ...who("U0MAX"), trigger_id: "1.1", actions: [] },
      { ...press("U0MAX", "open_0"), channel: null },
      { ...reason("U0MAX", "x", "Not now"), view: { callback_id: "another" } },
      { ...press("U0MAX", "deny"), user: { id: "max" } },
      { ...press("U0MAX", "deny"), team: null },
      {
        ...press("U0MAX", "deny", "\u0000"),
        actions: [{ action_id: "deny\u0000", value: "\ud800" }],
      },
      { ...press("U0MAX", "deny"), trigger_id: "t".repeat(200_000) },
      { ...press("U0MAX", "deny"), user: { id: "U0MAX\u0000" } },
    ])
      expect(await bring(payload)).toMatchObject({ ok: true, value: { body: null } });
    const of = (json: string) => new URLSearchParams({ payload: json }).toString();
    const deep = of("[".repeat(100_000) + "]".repeat(100_000));
    const proto = of(
      '{"__proto__":{"type":"block_actions"},"type":"view_submission","view":{"__proto__":{}}}',
    );
    const long = of(`{"type":"block_actions","actions":[${'{"action_id":"x"},'.repeat(9_999)}{}]}`);
    for (const body of [
      "",
      "payload=",
      "payload=%7B",
      "payload=1&payload=2",
      "x=1",
      deep,
      proto,
      long,
    ])
      expect(await bring(null, { body })).toMatchObject({ ok: true, value: { body: null } });
    expect(slack.ephemerals).toHaveLength(0);
  });
});

describe("a link to Slack", () => {
  const newcomer = async (name: string) => {
    const id = await hire(s.owner, name, ["manager"]);
    const signInId = newId();
    await insert(s.runtime, "staff_sign_ins", { id: signInId, staff_id: id });
    return { ...max, actor: { ...max.actor, id, name, signInId } };
  };

  it("is made by that member of Slack alone, once", async () => {
    const [nia, mallory] = [await newcomer("nia"), await newcomer("mallory")];
    slack.people.add("U0NIA").add("U0MALLORY");
    const first = await askSlackLink(nia, slack.settings, { userId: "U0NIA" });
    expect(await readAskedLink(nia)).toMatchObject({
      userId: "U0NIA",
      number: first.ok ? first.value.number : 0,
    });
    expect(await readAskedLink({ ...nia, actor: { ...nia.actor, signInId: newId() } })).toBeNull();
    const code = codeFor("U0NIA");
    // Whoever reads the code is another member all the same.
    await bring(press("U0MALLORY", "link", code));
    expect(said()).toMatch(/links nothing/);
    await bring(press("U0NIA", "link", `${code}x`));
    expect(await readSlackLink(nia.db, nia.actor.id)).toBeNull();
    await Promise.all(Array.from({ length: 20 }, () => bring(press("U0NIA", "link", code))));
    expect(await readSlackLink(nia.db, nia.actor.id)).toMatchObject({
      userId: "U0NIA",
      teamId: slack.team,
    });
    expect([...(await slackUsersOf(nia.db, [nia.actor.id, mallory.actor.id]))]).toEqual([
      [nia.actor.id, "U0NIA"],
    ]);
    // Who pressed is one of the staff already: nobody else becomes the same member.
    await askSlackLink(mallory, slack.settings, { userId: "U0NIA" });
    await bring(press("U0NIA", "link", codeFor("U0NIA")));
    expect(said()).toMatch(/linked to somebody already/);
    expect(await askSlackLink(nia, slack.settings, { userId: "U0NIA" })).toMatchObject({
      error: { code: "conflict" },
    });
  });

  it("ends with the sign-in that asked for it, and after ten minutes", async () => {
    const [out, slow] = [await newcomer("out"), await newcomer("slow")];
    slack.people.add("U0OUT").add("U0SLOW");
    await askSlackLink(out, slack.settings, { userId: "U0OUT" });
    await askSlackLink(slow, slack.settings, { userId: "U0SLOW" });
    await s.owner.query(
      "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'signed_out' where id = $1",
      [out.actor.signInId],
    );
    await s.owner.query(
      "update slack_codes set good_until = good_until - interval '10 minutes' where staff_id = $1",
      [slow.actor.id],
    );
    const late = codeFor("U0SLOW");
    await bring(press("U0OUT", "link", codeFor("U0OUT")));
    expect(said()).toMatch(/sign-in in which this was asked for is over/);
    await bring(press("U0SLOW", "link", late));
    expect(said()).toMatch(/more than ten minutes old/);
    expect(await slackUsersOf(out.db, [out.actor.id, slow.actor.id])).toEqual(new Map());
  });

  it("says what Slack says of the member, and pesters nobody", async () => {
    const pest = await newcomer("pest");
    expect(await askSlackLink(pest, slack.settings, { userId: "U0NOBODY" })).toMatchObject({
      error: { fields: { userId: expect.stringContaining("Slack knows no such person") } },
    });
    slack.people.add("U0VICTIM");
    for (let n = 0; n < 4; n += 1) await askSlackLink(pest, slack.settings, { userId: "U0VICTIM" });
    expect(await askSlackLink(pest, slack.settings, { userId: "U0VICTIM" })).toMatchObject({
      error: { code: "too_often" },
    });
  });

  it("is ended by whose it is, or an admin, and by nobody else", async () => {
    const [ida, admin] = [await newcomer("ida"), await newcomer("adm")];
    await link(ida, "U0IDA");
    expect(await unlinkSlack(max, { staffId: ida.actor.id })).toMatchObject({
      error: { code: "not_allowed" },
    });
    await s.owner.query(
      "insert into staff_roles (id, staff_id, role, granted_at) values ($1, $2, 'admin', clock_timestamp())",
      [newId(), admin.actor.id],
    );
    const as: Ctx<StaffActor> = { ...admin, actor: { ...admin.actor, roles: ["admin"] } };
    expect(await unlinkSlack(as, { staffId: ida.actor.id })).toMatchObject({ ok: true });
    expect(await unlinkSlack(as, { staffId: ida.actor.id })).toMatchObject({
      error: { code: "not_found" },
    });
    // Then it may begin anew.
    await link(ida, "U0IDA");
    expect(await readSlackLink(ida.db, ida.actor.id)).toMatchObject({ userId: "U0IDA" });
  });
});
