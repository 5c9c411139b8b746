import { ask } from "#e2e/fixtures/caller.ts";
import { allRoutes } from "#e2e/fixtures/routes.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { eventsBy, stateOfAll } from "#e2e/fixtures/untouched.ts";

const ways: [string, string, Record<string, string>][] = [
  ["GET", "", {}],
  ["HEAD", "", {}],
  ["OPTIONS", "", {}],
  ["GET", "?_rsc=1", { rsc: "1" }],
  ["GET", "?_rsc=1", { rsc: "1", "next-router-prefetch": "1" }],
  ["GET", "", { "sec-purpose": "prefetch" }],
  ["GET", "?end=1&ended=1&done=1&did=withdrawn&lifted=1", { "x-http-method-override": "POST" }],
];

for (const role of ["agent", "manager", "compliance", "admin"] as const)
  test(`nothing is changed by what a mere ${role} reads, however it is read`, async ({
    caller,
    newcomer,
    databases,
  }) => {
    const { owner } = databases;
    const [asks, lives, reader] = [await newcomer(), await newcomer(), await caller([role])];
    const subject = await subjectOf(owner, "olu@pebblewick.test");
    const request = await asked(asks, await subjectOf(owner, "aino@quennell.test"));
    const session = await started(lives, subject);
    const { rows } = await owner.query<{ id: string }>(
      "select account_id as id from subjects where id = $1",
      [subject],
    );
    const account = rows[0]?.id ?? "";
    const addressOf = (route: string) =>
      route
        .replace("/accounts/[id]", `/accounts/${account}`)
        .replace("/customers/[id]", `/customers/${subject}`)
        .replace("/requests/[id]", `/requests/${request}`)
        .replace("/staff/[id]", `/staff/${lives.person.id}`)
        .replace("[sid]", session)
        .replace("/sessions/[id]", `/sessions/${session}`)
        .replace(/\[[^\]]*\]/g, subject);

    const addresses = allRoutes().map(addressOf);
    expect(addresses.length).toBeGreaterThan(30);
    const before = await stateOfAll(owner);
    const opened: string[] = [];
    for (const address of addresses)
      for (const [method, query, headers] of ways) {
        const answer = await ask(address + query, reader, { method, headers });
        expect(answer.status, `${method} ${address}`).toBeLessThan(500);
        if (method === "GET" && answer.status === 200) opened.push(address);
      }
    expect(await stateOfAll(owner)).toEqual(before);
    // It was read, not turned away at the door; and what is on record of it is reading and refusals.
    const recorded =
      /^((subject|account|request)\.opened|(page|directory|code|export|link)\.refused|(population|figures)\.read)$/;
    expect(opened).toEqual(expect.arrayContaining(["/", "/requests", "/sessions", "/audit"]));
    expect(opened).toContain(`/customers/${subject}`);
    for (const event of await eventsBy(owner, reader.person.id)) expect(event).toMatch(recorded);
  });

test("each address that only takes what changes something refuses to be read", async ({
  caller,
}) => {
  const admin = await caller(["admin"]);
  const changing = [
    "/oauth/token",
    "/oauth/introspect",
    "/oauth/revoke",
    "/sign-in/persona",
    "/sign-in/issuer",
    "/sign-in/again/issuer",
    "/sign-in/again/persona",
    "/auditor/enter/in",
    "/auditor/leave",
    "/auditor/reviews/2026-q3/pack",
    "/reviews/2026-q3/pack/file",
    "/api/v1/directory",
    "/api/v1/directory/syncs",
    "/api/auth/backchannel-logout",
    "/api/slack/interactions",
  ];
  for (const path of changing)
    for (const method of ["GET", "HEAD"])
      expect((await ask(path, admin, { method })).status, `${method} ${path}`).toBe(405);
});
