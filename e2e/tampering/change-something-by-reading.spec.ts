import { ask } from "#e2e/fixtures/caller.ts";
import { allRoutes } from "#e2e/fixtures/routes.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";

const ways: [string, string, Record<string, string>][] = [
  ["GET", "", {}],
  ["HEAD", "", {}],
  ["OPTIONS", "", {}],
  ["GET", "?_rsc=1", { rsc: "1" }],
  ["GET", "?_rsc=1", { rsc: "1", "next-router-prefetch": "1" }],
  ["GET", "", { "sec-purpose": "prefetch" }],
];

for (const role of ["agent", "manager", "compliance", "admin"] as const)
  test(`nothing is changed by what a mere ${role} reads, however it is read`, async ({
    caller,
    newcomer,
    databases,
  }) => {
    const { owner } = databases;
    const agent = await newcomer();
    const subject = await subjectOf(owner, "olu@pebblewick.test");
    const request = await asked(agent, await subjectOf(owner, "halvor@ardentloom.test"), {
      reasonCategory: "customer_asked",
      ticket: "T-40918",
    }).catch(() => "01900000-0000-7000-8000-000000000000");
    const session = await started(agent, subject);
    const { rows } = await owner.query<{ id: string }>(
      "select account_id as id from subjects where id = $1",
      [subject],
    );
    const account = rows[0]?.id ?? "";
    const reader = await caller([role]);
    const addressOf = (route: string) =>
      route
        .replace("/accounts/[id]", `/accounts/${account}`)
        .replace("/customers/[id]", `/customers/${subject}`)
        .replace("/requests/[id]", `/requests/${request}`)
        .replace("[sid]", session)
        .replace("/sessions/[id]", `/sessions/${session}`)
        .replace("[...nextauth]", "signout")
        .replace(/\[[^\]]*\]/g, subject);

    const routes = allRoutes();
    expect(routes.length).toBeGreaterThan(20);
    const before = await stateOfAll(owner);
    for (const route of routes)
      for (const [method, query, headers] of ways) {
        const answer = await ask(addressOf(route) + query, reader, { method, headers });
        expect(answer.status, `${method} ${route}`).toBeLessThan(500);
      }
    expect(await stateOfAll(owner)).toEqual(before);
  });
