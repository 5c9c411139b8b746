import type pg from "pg";
import { fromLedger, throughTheDoor } from "#e2e/fixtures/door.ts";
import { form, formType, opened } from "#e2e/fixtures/http.ts";
import { stateOf } from "#e2e/fixtures/ledger.ts";
import { actionsOf } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";

/** An admin, who could do all of it in their own session. */
async function anAdmin(ledger: pg.Pool): Promise<string> {
  const { rows } = await ledger.query<{ email: string }>(
    `select min(u.email) as email from users u join accounts a on a.id = u.account_id
      where a.tier = 'standard' and a.impersonation = 'allowed' and u.role = 'admin' and u.status = 'active'
        and u.kind = 'person' and not u.vip and u.email !~ '@(pebblewick|ardentloom)'
        and (select count(*) from users o where o.email = u.email) = 1`,
  );
  if (!rows[0]?.email) throw new Error("There is no admin whom one may stand in for");
  return rows[0].email;
}

test("who acts in an admin's place leaves no way back in: no key, no colleague, no address, no factor", async ({
  caller,
  databases: { owner, ledger },
}) => {
  const agent = await caller();
  const { person } = agent;
  const admin = await anAdmin(ledger);
  const sid = await started(agent, await subjectOf(owner, admin), { scope: "write" });
  const cookie = await throughTheDoor(agent, sid);
  const { rows } = await ledger.query<{ id: string; role: string }>(
    `select u.id, u.role from users u where u.account_id = (select account_id from users where email = $1)
      and u.email <> $1 and u.status = 'active' and u.kind = 'person' limit 1`,
    [admin],
  );
  const colleague = rows[0]?.id;
  const before = await stateOf(ledger, admin);
  const tries: [string, string, Record<string, string>?][] = [
    ["POST", "/settings/keys/new", { name: "Mine" }],
    ["POST", "/settings/keys/key_1/revoke"],
    ["POST", "/settings/team/invites", { email: person.email, role: "admin" }],
    ["POST", "/settings/team/invites/inv_1/withdraw"],
    ["POST", `/settings/team/${colleague}/role`, { role: "admin" }],
    ["POST", `/settings/team/${colleague}/remove`],
    ["POST", `/settings/team/${colleague}/second-factor`],
    ["GET", "/settings/email"],
    ["POST", "/settings/email", { email: person.email, password: "ledger-demo" }],
    ["GET", "/settings/two-factor/new"],
    ["HEAD", "/settings/two-factor/new"],
    ["GET", "/settings/two-factor/new?secret=AAAA"],
    ["POST", "/settings/two-factor/confirm", { code: "000000" }],
    ["POST", "/settings/two-factor/off", { code: "000000", password: "ledger-demo" }],
    ["POST", "/settings/two-factor/recovery", { code: "000000", password: "ledger-demo" }],
    ["GET", "/join/a-link-of-ones-own"],
    ["POST", "/join/a-link-of-ones-own", { name: "Me", password: "a long enough one" }],
    ["GET", "/api/invoices"],
  ];
  for (const [method, path, fields] of tries) {
    const answer = await fromLedger(cookie, path, {
      method,
      ...(method === "POST" && { headers: formType, body: form({ _as: sid, ...fields }) }),
    });
    expect(answer.status, `${method} ${path}`).toBe(403);
    expect(answer.text, path).not.toMatch(/ldg_|otpauth|\/join\/[\w-]{43}/);
  }
  expect(await stateOf(ledger, admin)).toBe(before);
  const told = (await actionsOf(owner, sid)).map(({ phase, refusal }) => `${phase} ${refusal}`);
  expect(told).toEqual(Array(tries.length).fill("refused denied_route"));

  // They may be looked at: only the end of a key is there to see.
  const keys = await fromLedger(cookie, "/settings/keys");
  expect(keys.status).toBe(200);
  expect(keys.text).not.toMatch(/ldg_|key_hash/);
});

test("a WebSocket is opened in nobody's place", async ({
  caller,
  databases: { owner, ledger },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, await anAdmin(ledger)), {
    scope: "write",
  });
  const cookie = await throughTheDoor(agent, sid);
  const headers = {
    cookie,
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  const answer = await opened(stack().ledgerUrl, "/activity/stream", headers);
  expect(answer.statusCode).toBe(403);
  answer.destroy();
  expect((await actionsOf(owner, sid)).map(({ refusal }) => refusal)).toEqual(["denied_route"]);
});
