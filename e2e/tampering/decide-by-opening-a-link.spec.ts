import { transaction } from "#db/client.ts";
import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { ask } from "#e2e/fixtures/caller.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf, stateOfAll } from "#e2e/fixtures/untouched.ts";
import { approvalLink } from "#lib/requests/links.ts";

const scanners: Record<string, string>[] = [
  {},
  { "user-agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" },
  { "sec-purpose": "prefetch;prerender" },
  { rsc: "1", "next-router-prefetch": "1" },
  { "x-http-method-override": "POST" },
];

test("200 scanners and previews open a link at once, and nothing is another", async ({
  caller,
  newcomer,
  databases: { db, owner },
}) => {
  const [agent, approver] = [await newcomer(), await caller(["manager"])];
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  const path = await transaction(db, (tx) =>
    approvalLink(tx, { requestId, approverId: approver.person.id }),
  );
  // That the approver's own browser opened it is on record; what it asks nobody decides.
  const made = async () => {
    const { request_asks: _a, request_rings: _r, ...rest } = await stateOfAll(owner);
    return rest;
  };
  const before = await made();
  const opened = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      ask(path, n % 20 === 19 ? approver : null, {
        method: n % 2 ? "HEAD" : "GET",
        headers: scanners[n % scanners.length],
      }),
    ),
  );
  for (const { status, headers } of opened) {
    expect([200, 303, 307]).toContain(status);
    expect(headers["cache-control"]).toContain("no-store");
  }
  expect(await made()).toEqual(before);
  const { rows } = await owner.query(
    "select status, (select count(*)::int from approvals where request_id = $1) as votes from requests where id = $1",
    [requestId],
  );
  expect(rows).toEqual([{ status: "pending", votes: 0 }]);
});

test("a link is its approver's alone, and no record holds it", async ({
  caller,
  newcomer,
  databases: { db, owner },
}) => {
  const [agent, approver, other] = [
    await newcomer(),
    await caller(["manager"]),
    await caller(["manager"]),
  ];
  const requestId = await asked(agent, await subjectOf(owner, "aino@quennell.test"));
  const path = await transaction(db, (tx) =>
    approvalLink(tx, { requestId, approverId: approver.person.id }),
  );
  const link = path.split("/").at(-1) ?? "";
  const { rows } = await owner.query(
    "select encode(ask_hash, 'hex') as ask from requests where id = $1",
    [requestId],
  );
  const yes = { vote: "approve", minutes: "15", requestId, ask: String(rows[0]?.ask), link };
  const decide = { ...actionNamed("decideLinked"), page: path };

  const [theirs, unknown] = [
    await ask(path, other),
    await ask(`${path.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`, other),
  ];
  for (const { status, text } of [theirs, unknown]) {
    expect(status).toBe(200);
    expect(text).toContain("This link opens nothing for you");
    expect(text).not.toContain(agent.person.name);
    expect(text).not.toContain(requestId);
  }
  expect(refusedWith(await act(decide, other, yes))).toBe("not_found");
  expect(refusedWith(await act(decide, null, yes))).toBe("not_signed_in");
  expect(refusedWith(await act(decide, other, { ...yes, link: "x" }))).toBe("invalid");
  const own = {
    ...agent,
    cookie: (await agent.context.cookies()).map((c) => `${c.name}=${c.value}`).join("; "),
  };
  expect(refusedWith(await act(decide, own, yes))).toBe("not_allowed");
  expect((await refusalsOf(owner, other.person.id)).map(({ event }) => event)).toEqual([
    "link.refused",
    "link.refused",
    "link.refused",
  ]);
  const { rows: held } = await owner.query(
    "select 1 from audit_payload where body like '%' || $1 || '%'",
    [link],
  );
  expect(held).toHaveLength(0);

  expect(refusedWith(await act(decide, approver, yes))).toBe(null);
  expect(refusedWith(await act(decide, approver, yes))).toBe("already_decided");
});
