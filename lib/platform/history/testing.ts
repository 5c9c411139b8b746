import { createHash } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import pg from "pg";
import { seedDemo } from "#db/seed/demo.ts";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { ageRequest, ageSession } from "#db/testing/age.ts";
import type { TestDatabase } from "#db/testing/database.ts";
import { hire } from "#db/testing/people.ts";
import type { Scene } from "#db/testing/scene.ts";
import { insert } from "#db/testing/sql.ts";
import { openSubject } from "#lib/directory/open.ts";
import { reviewSession } from "#lib/findings/review-session.ts";
import { breakGlass } from "#lib/impersonation/break-glass.ts";
import { end } from "#lib/impersonation/end.ts";
import { endDue } from "#lib/impersonation/end-due.ts";
import { recordActions } from "#lib/impersonation/record-actions.ts";
import type { ReportedAction } from "#lib/impersonation/schemas.ts";
import { standIn } from "#lib/impersonation/stand-in.ts";
import { start } from "#lib/impersonation/start.ts";
import { tellEnded } from "#lib/impersonation/tell-ended.ts";
import { atWork, question } from "#lib/impersonation/testing.ts";
import { withdrawStaff } from "#lib/impersonation/withdraw-staff.ts";
import { newId, newSecret } from "#lib/kernel/ids.ts";
import type { Result } from "#lib/kernel/result.ts";
import { authorize } from "#lib/oauth/authorize.ts";
import { signingKeysSchema } from "#lib/oauth/keys.ts";
import { exchange } from "#lib/oauth/token.ts";
import { cancel } from "#lib/requests/cancel.ts";
import { lapseDue } from "#lib/requests/lapse.ts";
import { readRequest } from "#lib/requests/queries.ts";
import type { Ask } from "#lib/requests/schemas.ts";
import { approve, deny } from "#lib/requests/vote.ts";
import { addStaff } from "#lib/roster/add.ts";
import { changeStaff } from "#lib/roster/change.ts";
import { signIn } from "#lib/staff/sign-in.ts";
import { signOut } from "#lib/staff/sign-out.ts";

/** When a past is told: two months into a quarter there was time for all of it, and each day of one has something else open. */
export const toldAt = new Date("2026-11-28T10:00:00Z");

/** The demo's staff, rules and product, and customers of every tier; a connection as the owner. */
export async function demoWithCustomers({ owner, ownerUrl }: TestDatabase): Promise<pg.Client> {
  await seedDemo({ ownerUrl, ledgerUrl: "http://127.0.0.1:3001", ledgerClientSecret: "secret" });
  await owner.query(
    `insert into accounts (id, product_id, external_id, name, tier, stance)
     select gen_random_uuid(), p.id, 'acc_' || n, 'Account ' || n,
       case when n % 9 = 4 then 'regulated' when n % 5 = 2 then 'enterprise' else 'standard' end,
       case when n = 11 then 'opted_out' else 'allowed' end from products p, generate_series(1, 40) n`,
  );
  await owner.query(
    `insert into subjects (id, product_id, account_id, external_id, name, email, role, is_owner, is_vip, status, kind)
     select gen_random_uuid(), a.product_id, a.id, 'usr_' || a.external_id || '_' || n,
       case when a.external_id = 'acc_7' and n = 3 then 'Corin Pell' else 'Customer ' || n end,
       n || '@' || a.external_id || '.test', 'member', n = 1, n = 2, 'active', 'person'
     from accounts a, generate_series(1, 20) n`,
  );
  await owner.query(
    `insert into tickets (product_id, reference, account_id, title, status)
     select product_id, 'SUP-4400', id, 'A ticket', 'open' from accounts limit 1`,
  );
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  return client;
}

/** Each verb that the past tells of, for real: once with a ticket, once without. */
export async function everythingOnce(s: Scene): Promise<void> {
  const people = await atWork(s);
  await deskOnce(s, people, {});
  await deskOnce(s, people, { reasonCategory: "configuration_check", ticket: undefined });
  await administer(s, people.ana);
}

type AtWork = Awaited<ReturnType<typeof atWork>>;

async function deskOnce(s: Scene, people: AtWork, how: Partial<Ask>): Promise<void> {
  const { ana, max, moe, ledger, worker: working } = people;
  const worker = { ...working, ip: null, userAgent: null };
  const asked = async (over = {}) => {
    const answer = good(await standIn(ana, question(s.rita.id, { ...how, ...over })));
    if (answer.kind !== "waiting") throw new Error("It should wait");
    const view = await readRequest(max, answer.requestId);
    return { requestId: answer.requestId, ask: view?.ask ?? "" };
  };
  const live = async (scope: "read" | "write") => {
    const answer = good(await standIn(ana, question(s.jane.id, { ...how, scope })));
    if (answer.kind !== "started") throw new Error("It should start");
    return answer.sessionId;
  };
  good(await openSubject(ana, s.jane.id));
  await enter(ana, ledger, await live("read"));
  const acting = await live("write");
  good(await recordActions(ledger, acting, deeds()));
  good(await recordActions(ledger, acting, [done, sent]));
  good(await end(ledger, { sessionId: acting, by: "actor" }));
  good(await end(max, { sessionId: await live("read"), comment: "They work on it themselves." }));
  await ageSession(s.owner, await live("read"), "11 minutes");
  await endDue(worker);

  good(await deny(max, { ...(await asked()), comment: "Not without a call." }));
  good(await cancel(ana, await asked()));
  await ageRequest(s.owner, (await asked()).requestId, "5 hours");
  await lapseDue(worker);
  const yes = await asked({ minutes: 30 });
  good(await approve(max, { ...yes, minutes: 15, comment: "Keep it short." }));
  const { sessionId } = good(await start(ana, { requestId: yes.requestId }));
  good(await end(ana, { sessionId }));
  const late = await asked();
  good(await approve(moe, { ...late, minutes: 30 }));
  await ageRequest(s.owner, late.requestId, "31 minutes");
  await lapseDue(worker);

  await glassOnce(s, people, how);

  const known = { ...ana, actor: { kind: "anonymous" as const } };
  const { signInId } = good(await signIn(known, { staffId: s.ana, how: "persona" }));
  good(await signOut({ ...ana, actor: { ...ana.actor, signInId } }));
}

/** Without the approval that is wanted, and what is said of it. */
async function glassOnce(s: Scene, { ana, max, worker }: AtWork, how: Partial<Ask>) {
  const {
    minutes: _,
    standingHours: __,
    ...answers
  } = question(s.rita.id, {
    ...how,
    reason: "Their invoices go out with another customer’s address at midnight.",
  });
  await insert(s.owner, "policy_versions", {
    version: how.reasonCategory ? 17 : 16,
    body: { ...policy14, breakGlass: { allowed: true } },
  });
  const { sessionId } = good(await breakGlass(ana, answers));
  good(await end(ana, { sessionId }));
  await tellEnded({ ...worker, ip: null, userAgent: null });
  const comment = "It was this account, and only its invoices.";
  good(await reviewSession(max, { sessionId, verdict: "as_expected", comment }));
}

async function administer(s: Scene, { actor, ...from }: Awaited<ReturnType<typeof atWork>>["ana"]) {
  const id = await hire(s.owner, "kesi", ["admin"]);
  const admin = { ...from, actor: { ...actor, id, name: "kesi", roles: ["admin" as const] } };
  const place = {
    team: "Support Europe",
    zone: "Europe/Lisbon",
    managerEmail: "max@alongside.test",
    kind: "person" as const,
    lookingOnly: false,
  };
  const person = { ...place, name: "Lin", email: "lin@alongside.test" };
  const { staffId } = good(await addStaff(admin, { ...person, roles: ["agent", "manager"] }));
  const less = { name: "Lin", roles: ["agent" as const], lookingOnly: true, reason: "As asked" };
  good(await changeStaff(admin, { ...place, staffId, ...less }));
  good(await withdrawStaff(admin, { staffId, reason: "Left the company." }));
}

type Staff = Parameters<typeof authorize>[0];
type Product = Parameters<typeof exchange>[0];

async function enter(ana: Staff, ledger: Product, sessionId: string) {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: "1", signs_from: "2026-01-01T00:00:00Z" };
  const issuer = { url: "https://alongside.test", keys: signingKeysSchema.parse([jwk]) };
  const redirect_uri = "http://127.0.0.1:3001/alongside/callback";
  const code_verifier = newSecret();
  const code_challenge = createHash("sha256").update(code_verifier).digest("base64url");
  const query = {
    response_type: "code",
    client_id: "ledger",
    redirect_uri,
    state: "state",
    code_challenge,
  };
  const way = { code_challenge_method: "S256", login_hint: sessionId };
  const answer = await authorize(ana, issuer.url, new URLSearchParams({ ...query, ...way }));
  if (answer.kind !== "redirect") throw new Error("It should let in");
  const code = new URL(answer.to).searchParams.get("code");
  await exchange(ledger, issuer, {
    grant_type: "authorization_code",
    code,
    redirect_uri,
    code_verifier,
  });
}

const reported = (over: Partial<ReportedAction>): ReportedAction => ({
  ...{
    id: newId(),
    phase: "view",
    at: new Date().toISOString(),
    method: "GET",
    route: "/invoices",
  },
  ...{ effect: "view", data: ["invoice"], ip: "198.51.100.7", user_agent: "test", seq: 1, ...over },
});
const write = reported({ phase: "attempt", method: "POST", effect: "data", resource: "INV-0315" });
const done: ReportedAction = {
  ...{
    ...write,
    phase: "done",
    status: 303,
    changes: [{ field: "Due", before: "14 days", after: "30 days" }],
  },
};
const message = reported({ phase: "attempt", method: "POST", effect: "message" });
const sent: ReportedAction = { ...message, phase: "done", status: 303 };
const deeds = (): ReportedAction[] => [
  reported({ status: 200 }),
  write,
  message,
  reported({
    phase: "refused",
    method: "POST",
    effect: "credential",
    data: undefined,
    why: "denied_route",
  }),
  reported({
    phase: "refused",
    method: "GET",
    effect: "export",
    resource: "all invoices",
    why: "export",
  }),
];

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
