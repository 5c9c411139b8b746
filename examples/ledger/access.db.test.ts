import { beforeEach, expect, test } from "vitest";
import { browser } from "#sdk/test/browser.ts";
import { halvor, send, standInFor, startLedger } from "./testing.ts";
import { stepAt, totp } from "./totp.ts";

const { issuer, url, pool, prepare, signIn, agent, one } = await startLedger();
const jane = {
  sub: "usr_7QK2M9",
  subject_name: "Jane Ashdown",
  account_name: "Tallowfield Clinics",
};
const asJane = () => signIn("jane.ashdown@tallowfield.test");

beforeEach(() => standInFor(issuer, jane));

/** All by which somebody could come back later, as one text to compare. */
const standing = async () =>
  (
    await one<{ all: string }>(
      `SELECT json_build_object(
         'users', (SELECT json_agg(json_build_array(id, email, role, status, password_hash, totp_secret, totp_pending) ORDER BY id) FROM users WHERE account_id = 'acc_91TLWF'),
         'keys', (SELECT json_agg(json_build_array(id, revoked_at) ORDER BY id) FROM api_keys WHERE account_id = 'acc_91TLWF'),
         'invites', (SELECT json_agg(i ORDER BY i.id) FROM invites i WHERE account_id = 'acc_91TLWF'))::text AS all`,
    )
  )?.all;

async function newKey(name = "Bookkeeping"): Promise<string> {
  const page = await send(await asJane(), "/settings/keys", "/settings/keys/new", { name });
  return /ldg_[\w-]{43}/.exec(await page.text())?.[0] ?? "";
}

const api = (key: string, more = {}) =>
  fetch(`${url}/api/invoices`, { headers: { authorization: `Bearer ${key}`, ...more } });

test("a key is shown once, kept as a hash, and reads the company’s invoices", async () => {
  const key = await newKey();
  expect(key).not.toBe("");
  const page = await (await (await asJane()).visit("/settings/keys")).text();
  expect(page).toContain(`…${key.slice(-4)}`);
  expect(page).not.toContain(key);
  expect(await one("SELECT 1 FROM api_keys WHERE key_hash = $1 OR name = $1", [key])).toBe(
    undefined,
  );
  const numbers: string[] = [];
  let next: string | null = "";
  while (next !== null) {
    const query: string = next && `?before=${encodeURIComponent(next)}`;
    const answer = await fetch(`${url}/api/invoices${query}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const body = (await answer.json()) as { invoices: { number: string }[]; next: string | null };
    numbers.push(...body.invoices.map(({ number }) => number));
    next = body.next;
  }
  expect(new Set(numbers).size).toBe(148);
});

test("a revoked key, no key and half a key open nothing", async () => {
  const key = await newKey("To be revoked");
  const own = await asJane();
  const { id } = (await one<{ id: string }>("SELECT id FROM api_keys WHERE last4 = $1", [
    key.slice(-4),
  ])) ?? { id: "" };
  expect((await api(key)).status).toBe(200);
  await send(own, "/settings/keys", `/settings/keys/${id}/revoke`, {});
  for (const other of [key, key.slice(0, -1), "", "ldg_", "\t"])
    expect((await api(other)).status).toBe(401);
});

test("a call by key is no impersonation, and a cookie is no key", async () => {
  const key = await newKey("Beside an agent");
  const before = issuer.seen.length;
  expect((await api(key)).status).toBe(200);
  expect(issuer.seen.length).toBe(before);
  const own = await asJane();
  expect((await own.visit("/api/invoices")).status).toBe(401);
  const support = await agent();
  expect((await support.visit("/api/invoices")).status).toBe(403);
  const withKey = await support.visit("/api/invoices", {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(withKey.status).toBe(403);
  expect(await withKey.text()).not.toContain("INV-");
});

test("an invite’s link makes a member, once, with the role it says", async () => {
  const own = await asJane();
  const sent = { email: "Rowan@tallowfield.test", role: "bookkeeper" };
  const page = await (await send(own, "/settings/team", "/settings/team/invites", sent)).text();
  const link = /\/join\/[\w-]{43}/.exec(page)?.[0] ?? "";
  const invited = browser(url);
  expect(await (await invited.visit(link)).text()).toContain("Join Tallowfield Clinics");
  const person = { name: "Rowan Selwick", password: "a long enough one" };
  expect((await invited.post(link, {}, person)).status).toBe(303);
  expect(await (await invited.visit("/invoices")).text()).toContain(
    "Rowan Selwick · Tallowfield Clinics",
  );
  expect((await browser(url).visit(link)).status).toBe(404);
  expect(await one("SELECT role FROM users WHERE email = 'Rowan@tallowfield.test'")).toEqual({
    role: "bookkeeper",
  });
  const again = await send(own, "/settings/team", "/settings/team/invites", sent);
  expect(again.status).toBe(422);

  // Who was removed comes back by another invite, as who they were, and by nothing that they had before.
  const id = (
    await one<{ id: string }>("SELECT id FROM users WHERE email = 'Rowan@tallowfield.test'")
  )?.id;
  await pool.query("UPDATE users SET totp_secret = 'GEZDGNBVGY3TQOJQ' WHERE id = $1", [id]);
  await send(own, "/settings/team", `/settings/team/${id}/remove`, {});
  expect((await invited.visit("/invoices")).status).toBe(303);
  const anew = { email: "rowan@tallowfield.test", role: "member" };
  const shown = await (await send(own, "/settings/team", "/settings/team/invites", anew)).text();
  const back = browser(url);
  const opened = /\/join\/[\w-]{43}/.exec(shown)?.[0] ?? "";
  await back.post(opened, {}, { name: "Rowan Selwick-Ash", password: "another long one" });
  expect(await (await back.visit("/invoices")).text()).toContain("Rowan Selwick-Ash");
  expect(
    await one("SELECT id, role, status, totp_secret FROM users WHERE lower(email) = $1", [
      anew.email,
    ]),
  ).toEqual({ id, role: "member", status: "active", totp_secret: null });
  const old = { email: anew.email, password: person.password };
  expect((await browser(url).post("/sign-in", {}, old)).status).toBe(422);
  await signIn(anew.email, "another long one");
});

test("a withdrawn invite and one that was sent anew open nothing", async () => {
  const own = await asJane();
  const sent = { email: "late@tallowfield.test", role: "member" };
  const links: string[] = [];
  for (let times = 0; times < 2; times++) {
    const page = await (await send(own, "/settings/team", "/settings/team/invites", sent)).text();
    links.push(/\/join\/[\w-]{43}/.exec(page)?.[0] ?? "");
  }
  expect((await browser(url).visit(links[0] ?? "")).status).toBe(404);
  expect((await browser(url).visit(links[1] ?? "")).status).toBe(200);
  const { id } = (await one<{ id: string }>(
    "SELECT id FROM invites WHERE email = 'late@tallowfield.test' AND withdrawn_at IS NULL",
  )) ?? { id: "" };
  await send(own, "/settings/team", `/settings/team/invites/${id}/withdraw`, {});
  expect((await browser(url).visit(links[1] ?? "")).status).toBe(404);
});

test("a member’s role is changed, and who is removed is out at once", async () => {
  const own = await asJane();
  const corin = await signIn("corin.pell@tallowfield.test");
  const { id } = (await one<{ id: string }>(
    "SELECT id FROM users WHERE email = 'corin.pell@tallowfield.test'",
  )) ?? { id: "" };
  expect(
    (await send(own, "/settings/team", `/settings/team/${id}/role`, { role: "admin" })).status,
  ).toBe(303);
  expect(await one("SELECT role FROM users WHERE id = $1", [id])).toEqual({ role: "admin" });
  expect((await send(corin, "/settings/team", "/settings/team/usr_7QK2M9/remove", {})).status).toBe(
    404,
  );
  expect(
    (await send(own, "/settings/team", `/settings/team/${id}/role`, { role: "owner" })).status,
  ).toBe(404);
  await send(own, "/settings/team", `/settings/team/${id}/remove`, {});
  expect((await corin.visit("/invoices")).status).toBe(303);
});

test("who is no admin changes nobody, invites nobody and makes no key", async () => {
  const erato = await signIn("erato@tallowfield.test");
  const before = await standing();
  for (const [path, fields] of [
    ["/settings/team/invites", { email: "x@y.test", role: "admin" }],
    ["/settings/team/usr_7QK2M9/role", { role: "member" }],
    ["/settings/keys/new", { name: "x" }],
  ] as const)
    expect((await send(erato, "/settings/keys", path, fields)).status).toBe(403);
  expect(await standing()).toBe(before);
  const page = await (await erato.visit("/settings/keys")).text();
  expect(page).not.toContain("Make key");
});

test("an e-mail address is changed with the password only, to one that is free", async () => {
  const own = await signIn("jane@pebblewick.test");
  const change = (email: string, password: string) =>
    send(own, "/settings/email", "/settings/email", { email, password });
  expect((await change("jane.a@pebblewick.test", "wrong")).status).toBe(422);
  expect((await change("OLU@pebblewick.test", "ledger-demo")).status).toBe(422);
  expect((await change("jane.a@pebblewick.test", "ledger-demo")).status).toBe(303);
  await signIn("jane.a@pebblewick.test");
  const old = { email: "jane@pebblewick.test", password: "ledger-demo" };
  expect((await browser(url).post("/sign-in", {}, old)).status).toBe(422);
});

test("a second factor is asked for at every sign-in, each code once, and a few times only", async () => {
  const own = await signIn("olu@pebblewick.test");
  const page = await (await own.visit("/settings/two-factor/new")).text();
  const secret = (/aria-label="The secret">([A-Z2-7 ]+)</.exec(page)?.[1] ?? "").replaceAll(
    " ",
    "",
  );
  const code = (later: number) => totp(secret, stepAt(Date.now()) + later);
  const confirm = (typed: string) =>
    send(own, "/settings/two-factor", "/settings/two-factor/confirm", { code: typed });
  expect((await own.post("/settings/two-factor/confirm", {}, { code: code(0) })).status).toBe(409);
  expect((await confirm("000000")).status).toBe(422);
  const first = code(0);
  const on = await (await confirm(first)).text();
  const codes = (/aria-label="The codes">([\d \n]+)</.exec(on)?.[1] ?? "").split("\n");
  expect(new Set(codes).size).toBe(10);

  const again = browser(url);
  const form = { email: "olu@pebblewick.test", password: "ledger-demo" };
  const asked = await again.post("/sign-in", {}, form);
  expect(asked.headers.get("location")).toBe("/sign-in/code");
  expect((await again.visit("/invoices")).status).toBe(303);
  expect((await again.post("/sign-in/code", {}, { code: first })).status).toBe(422);
  expect((await again.post("/sign-in/code", {}, { code: code(1) })).status).toBe(303);
  expect((await again.visit("/invoices")).status).toBe(200);

  const thief = browser(url);
  await thief.post("/sign-in", {}, form);
  for (let tries = 0; tries < 5; tries++) await thief.post("/sign-in/code", {}, { code: "000000" });
  const late = await thief.post("/sign-in/code", {}, { code: code(1) });
  expect(late.headers.get("location")).toBe("/sign-in?again=yes");

  // Without the device: a recovery code, once, and none of those before new ones were made.
  const withCode = async (typed = "") => {
    const one = browser(url);
    await one.post("/sign-in", {}, form);
    return (await one.post("/sign-in/code", {}, { code: typed })).status;
  };
  expect([await withCode(codes[0]), await withCode(codes[0])]).toEqual([303, 422]);
  const renew = (code: string | undefined, password = form.password) =>
    send(own, "/settings/two-factor", "/settings/two-factor/recovery", {
      code: code ?? "",
      password,
    });
  expect((await renew(codes[1], "wrong")).status).toBe(422);
  const renewed = await (await renew(codes[1])).text();
  const newer = /aria-label="The codes">([\d ]+)/.exec(renewed)?.[1];
  expect([await withCode(codes[2]), await withCode(newer)]).toEqual([422, 303]);
  expect(await (await own.visit("/settings/two-factor")).text()).toContain("9 of 10 are left");
  const kept = await one<{ all: string }>(
    "SELECT string_agg(code_hash, ' ') AS all FROM recovery_codes",
  );
  expect(kept?.all).not.toMatch(/\d{12}/);
});

test("ten wrong codes or passwords, by whichever form, and none is looked at for a quarter of an hour", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const { id } = (await one<{ id: string }>(
    "SELECT id FROM users WHERE email = 'halvor@ardentloom.test'",
  )) ?? { id: "" };
  const secret = "GEZDGNBVGY3TQOJQ";
  await pool.query("UPDATE users SET totp_secret = $2 WHERE id = $1", [id, secret]);
  const form = { email: "halvor@ardentloom.test", password: "ledger-demo" };
  const renew = (code: string, password = form.password) =>
    send(own, "/settings/two-factor", "/settings/two-factor/recovery", { code, password });
  const right = () => totp(secret, stepAt(Date.now()));
  for (let n = 0; n < 6; n++) expect((await renew("000000")).status).toBe(422);
  const thief = browser(url);
  await thief.post("/sign-in", {}, form);
  for (let n = 0; n < 4; n++)
    expect((await thief.post("/sign-in/code", {}, { code: "000000" })).status).toBe(422);
  // A right one now, here and there, and by the password once more: not looked at.
  expect((await thief.post("/sign-in/code", {}, { code: right() })).headers.get("location")).toBe(
    "/sign-in?again=later",
  );
  expect(await (await thief.visit("/sign-in?again=later")).text()).toContain(
    "Ten tries were wrong",
  );
  const late = await renew(right());
  expect(late.status).toBe(422);
  expect(await late.text()).toContain("Wait a quarter of an hour");
  await pool.query("UPDATE tries SET since = since - interval '15 minutes'");
  expect((await renew(right())).status).toBe(200);

  for (let n = 0; n < 6; n++) await renew("000000", "wrong");
  for (let n = 0; n < 4; n++)
    expect((await thief.post("/sign-in", {}, { ...form, password: "wrong" })).status).toBe(422);
  expect(await (await renew(right())).text()).toContain("Wait a quarter of an hour");
  expect((await thief.post("/sign-in", {}, form)).status).toBe(429);
  await pool.query("UPDATE users SET totp_secret = NULL WHERE id = $1", [id]);
  await pool.query("DELETE FROM tries");
});

test("who has somebody’s address in another company, or no account, has ten tries of their password", async () => {
  const email = "halvor@ardentloom.test";
  const enter = async (password: string, as = email) =>
    (await browser(url).post("/sign-in", {}, { email: as, password })).status;
  const form = { email, password: "a thief’s own one" };
  const own = await signIn("erato@tallowfield.test");
  const { password_hash } = (await one<{ password_hash: string }>(
    "SELECT password_hash FROM users WHERE email = 'erato@tallowfield.test'",
  )) ?? { password_hash: "" };
  const renewed = { current: "ledger-demo", new: form.password };
  expect((await send(own, "/settings/password", "/settings/password", renewed)).status).toBe(303);
  expect((await send(own, "/settings/email", "/settings/email", form)).status).toBe(303);

  // Each right one of their own is a wrong one of the other's, and clears nothing of the other's.
  for (let n = 0; n < 5; n++)
    expect([await enter("wrong"), await enter(form.password)]).toEqual([422, 303]);
  expect([await enter("ledger-demo"), await enter(form.password)]).toEqual([422, 303]);
  for (let n = 0; n < 10; n++) expect(await enter("wrong", email.toUpperCase())).toBe(422);
  expect([await enter("ledger-demo"), await enter(form.password)]).toEqual([429, 429]);
  await pool.query("UPDATE tries SET since = since - interval '15 minutes'");
  expect([await enter("ledger-demo"), await enter(form.password)]).toEqual([303, 303]);

  // An address that nobody has answers the same, in whichever letters: the database's, not JavaScript's, are one.
  const nobody = "İNES@nowhere.test";
  const { small } = (await one<{ small: string }>("SELECT lower($1) AS small", [nobody])) ?? {
    small: "",
  };
  for (let n = 0; n < 5; n++)
    expect([await enter("wrong", nobody), await enter("wrong", small)]).toEqual([422, 422]);
  expect(await enter("wrong", nobody)).toBe(429);
  await pool.query(
    "UPDATE users SET email = $2, password_hash = $3 WHERE email = $1 AND id <> $4",
    [email, "erato@tallowfield.test", password_hash, "usr_2MX81C"],
  );
  await pool.query("DELETE FROM tries");
});

test("an admin turns off the second factor of who lost their device, nobody else’s", async () => {
  const own = await asJane();
  const { id } = (await one<{ id: string }>(
    "SELECT id FROM users WHERE email = 'erato@tallowfield.test'",
  )) ?? { id: "" };
  const path = `/settings/team/${id}`;
  expect((await send(own, path, `${path}/second-factor`, {})).status).toBe(404);
  const erato = await signIn("erato@tallowfield.test");
  await pool.query("UPDATE users SET totp_secret = 'GEZDGNBVGY3TQOJQ' WHERE id = $1", [id]);
  expect((await send(erato, "/invoices", `${path}/second-factor`, {})).status).toBe(403);
  expect(await (await own.visit(path)).text()).toContain("Turn it off");
  expect((await send(own, path, `${path}/second-factor`, {})).status).toBe(303);
  expect((await erato.visit("/invoices")).status).toBe(303);
  await signIn("erato@tallowfield.test");
});

test("standing in, nobody climbs: no key, invite, role, address or second factor", async () => {
  const before = await standing();
  const support = await agent();
  const as = { _as: issuer.session.sid };
  const { id } = (await one<{ id: string }>(
    "SELECT id FROM users WHERE account_id = 'acc_91TLWF' AND role = 'member' LIMIT 1",
  )) ?? { id: "" };
  for (const [path, fields] of [
    ["/settings/keys/new", { name: "x" }],
    ["/settings/keys/key_1/revoke", {}],
    ["/settings/team/invites", { email: "x@y.test", role: "admin" }],
    ["/settings/team/invites/inv_1/withdraw", {}],
    [`/settings/team/${id}/role`, { role: "admin" }],
    [`/settings/team/${id}/remove`, {}],
    [`/settings/team/${id}/second-factor`, {}],
    ["/settings/email", { email: "x@y.test", password: "ledger-demo" }],
    ["/settings/two-factor/confirm", { code: "000000" }],
    ["/settings/two-factor/off", { code: "000000", password: "ledger-demo" }],
    ["/settings/two-factor/recovery", { code: "000000", password: "ledger-demo" }],
  ] as const)
    expect((await support.post(path, {}, { ...as, ...fields })).status).toBe(403);
  expect((await support.visit("/settings/two-factor/new")).status).toBe(403);
  expect(await standing()).toBe(before);
  for (const path of ["/settings/team", "/settings/keys", "/settings/two-factor"])
    expect((await support.visit(path)).status).toBe(200);
});

test("a link to an invoice is handed out while acting only, and outlives nothing that was stopped", async () => {
  standInFor(issuer, halvor, "read");
  const links = async () =>
    (await one<{ n: number }>("SELECT count(*)::integer AS n FROM share_links"))?.n;
  expect((await (await agent()).visit("/invoices/INV-0315/share")).status).toBe(403);
  expect(await links()).toBe(0);
  standInFor(issuer, halvor, "write");
  const support = await agent();
  const made = await (await support.visit("/invoices/INV-0315/share")).text();
  const path = /\/shared\/[\w-]{43}/.exec(made)?.[0] ?? "";
  expect(issuer.actions).toContainEqual(
    expect.objectContaining({ phase: "attempt", effect: "export" }),
  );
  expect(await (await browser(url).visit(path)).text()).toContain("INV-0315");
  const own = await signIn("halvor@ardentloom.test");
  const page = await (await own.visit("/invoices/INV-0315")).text();
  expect(page).toContain("Made by Ledger Support, for Halvor");
  const stop = /action="(\/invoices\/INV-0315\/links\/[^"]+\/stop)"/.exec(page)?.[1] ?? "";
  expect((await send(own, "/invoices/INV-0315", stop, {})).status).toBe(303);
  expect((await browser(url).visit(path)).status).toBe(404);
});

test("a GET that makes something is not to be had from another site", async () => {
  const own = await signIn("halvor@ardentloom.test");
  const before = await one("SELECT count(*) AS n FROM share_links");
  const headers = { "sec-fetch-site": "cross-site" };
  for (const path of ["/invoices/INV-0315/share", "/settings/two-factor/new"])
    expect((await own.visit(path, { headers })).status).toBe(403);
  expect(await one("SELECT count(*) AS n FROM share_links")).toEqual(before);
  expect(await one("SELECT totp_pending FROM users WHERE id = 'usr_2MX81C'")).toEqual({
    totp_pending: null,
  });
});

test("a Ledger from before is carried over, and gets the rest once", async () => {
  const counts = () =>
    one(`SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM recurring) AS recurring,
      (SELECT count(*) FROM api_keys) AS keys, (SELECT count(*) FROM invites) AS invites`);
  const before = await counts();
  expect(await prepare()).toBe(false);
  expect(await counts()).toEqual(before);
  await pool.query(`
    UPDATE invoices SET recurring_id = NULL;
    DROP TABLE recurring CASCADE; DROP TABLE api_keys; DROP TABLE invites; DROP TABLE share_links; DROP TABLE sign_in_steps; DROP TABLE recovery_codes; DROP TABLE tries;
    ALTER TABLE invoices DROP COLUMN recurring_id;
    ALTER TABLE clients DROP COLUMN sort_key, DROP COLUMN archived_at, DROP COLUMN version;
    ALTER TABLE users DROP COLUMN sort_key, DROP COLUMN totp_secret, DROP COLUMN totp_pending, DROP COLUMN totp_step;
    DELETE FROM ledger_facts WHERE name = 'seeded the rest'`);
  expect(await prepare()).toBe(false);
  expect(await one("SELECT count(*) > 100 AS enough FROM recurring")).toEqual({ enough: true });
  const own = await signIn("halvor@ardentloom.test");
  for (const path of ["/recurring", "/clients", "/settings/team", "/settings/keys", "/activity"])
    expect((await own.visit(path)).status).toBe(200);
});
