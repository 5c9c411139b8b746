import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { ask } from "#e2e/fixtures/caller.ts";
import { type Got, send } from "#e2e/fixtures/http.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { authorize, sentBack, wellAsked } from "#e2e/fixtures/oauth.ts";
import { pushOne } from "#e2e/fixtures/pushed.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { banner, enter, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const crlf = "\r\nx-injected: 1\r\nset-cookie: injected=1\r\n\r\n<b>";
const sent = encodeURIComponent(crlf);

/** No header came out of it, and no fault. */
function expectWhole({ status, headers }: Got, what: string) {
  expect(status, what).toBeLessThan(500);
  expect(headers["x-injected"], what).toBe(undefined);
  expect(headers["set-cookie"] ?? "", what).not.toMatch(/injected=1/);
  expect(headers.location ?? "", what).not.toMatch(/[\r\n]/);
}

test("no parameter and no path ends a header and begins another", async ({
  caller,
  databases,
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(databases.owner, "olu@pebblewick.test"));
  const paths = [
    `/sign-in?from=/${sent}`,
    `/sign-in?because=${sent}&error=${sent}`,
    `/sessions/${sent}/enter`,
    `/sessions/${sid}/enter?target_link_uri=${sent}`,
    `/sessions/${sent}`,
    `/requests/${sent}?done=${sent}`,
    `/customers/${sent}/start?from=/${sent}`,
    `/api/auth/callback/company?state=${sent}&code=${sent}`,
    `/oauth/authorize?client_id=${sent}&redirect_uri=${sent}&state=${sent}`,
    `/${sent}`,
  ];
  for (const path of paths)
    for (const who of [agent, null]) expectWhole(await ask(path, who), path);
  const toLedger = [
    `/alongside/login?iss=${encodeURIComponent(urls.panel)}&login_hint=${sid}&target_link_uri=${sent}`,
    `/alongside/login?iss=${sent}&login_hint=${sent}`,
    `/alongside/callback?state=${sent}&code=${sent}&iss=${sent}`,
    `/alongside/callback?error=${sent}&error_description=${sent}&state=${sent}`,
    `/alongside/ended?sid=${sent}`,
    `/sign-in?next=/${sent}`,
  ];
  for (const path of toLedger) expectWhole(await send(urls.ledger, path), path);

  // The one value that goes into Location as it came: encoded, it comes back whole.
  const answer = await authorize(agent, { ...wellAsked(sid), state: crlf });
  expectWhole(answer, "state");
  expect(answer.status).toBe(303);
  expect(sentBack(answer)?.get("state")).toBe(crlf);
});

test("what a form brings for a way back ends no header", async ({ caller, databases }) => {
  const { owner } = databases;
  const agent = await caller();
  const fields = {
    subjectId: await subjectOf(owner, "olu@pebblewick.test"),
    reasonCategory: "configuration_check",
    reason: "The reminders go out on the wrong day.",
    callerCheck: "call_back",
    scope: "read",
    minutes: "30",
  };
  const target = { ...fields, targetLinkUri: `${inLedger("/invoices")}${crlf}` };
  const refused = await act(actionNamed("askToStandIn"), agent, target);
  expectWhole(refused, "target");
  const back = { ...fields, returnPath: `/customers${crlf}` };
  const answer = await act(actionNamed("askToStandIn"), agent, back);
  expectWhole(answer, "return path");
  const { rows } = await owner.query<{ id: string; path: string; target: string | null }>(
    `select s.id, r.return_path as path, r.target_link_uri as target
       from sessions s join requests r on r.id = s.request_id where s.actor_id = $1`,
    [agent.person.id],
  );
  expect(rows).toHaveLength(1);
  for (const { id, path, target: to } of rows) {
    expect(path + (to ?? "")).not.toMatch(/[\r\n]/);
    expectWhole(await ask(`/sessions/${id}/enter`, agent), "the door");
  }
});

test("a name with line ends is not taken, and one that is there all the same ends no header", async ({
  signedIn,
  caller,
  databases,
}) => {
  const { owner } = databases;
  const name = `Mallory${crlf}`;
  const pushed = { account: name, email: "m@kitehill.test", role: "member", title: "Hello" };
  const { refused } = await pushOne(owner, { ...pushed, name });
  expect(refused[0]).toBe("1 name");

  const admin = await caller(["admin"]);
  const staff = { email: `${admin.person.id}.m@alongside.test`, team: "Support", zone: "UTC" };
  const added = await act(actionNamed("addPerson"), admin, { ...staff, name, roles: "agent" });
  expect(refusedWith(added)).toBe("invalid");

  // As if a script had put it into the database: it goes through token, SDK, banner and page.
  const hired = await hireOne(owner);
  await owner.query("update staff set name = $1 where id = $2", [name, hired.id]);
  const agent = await signedIn({ ...hired, name });
  const answers: Record<string, string>[] = [];
  agent.page.on("response", (response) => answers.push(response.headers()));
  const session = await started(agent, await subjectOf(owner, "olu@pebblewick.test"));
  await agent.page.goto("/requests");
  await enter(agent.page, session);
  await expect(banner(agent.page)).toContainText("Mallory");
  expect(answers.length).toBeGreaterThan(5);
  expect(answers.filter((headers) => "x-injected" in headers)).toEqual([]);
  const cookies = await agent.context.cookies();
  expect(cookies.filter((cookie) => cookie.name === "injected")).toEqual([]);
});
