import { encode } from "next-auth/jwt";
import { ask } from "#e2e/fixtures/caller.ts";
import { form, formType } from "#e2e/fixtures/http.ts";
import { runa } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stateOfAll } from "#e2e/fixtures/untouched.ts";
import { stack } from "#e2e/support/stack.ts";

const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf("="));
const contentOf = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("no cookie but the one that was given signs anybody in", async ({ caller, databases }) => {
  const { owner } = databases;
  const admin = await caller(["admin"]);
  const name = nameOf(admin.cookie);
  const { rows } = await owner.query<{ id: string }>(
    "select id from staff_sign_ins where staff_id = $1",
    [admin.person.id],
  );
  const signInId = rows[0]?.id;
  const claims = { signInId, exp: 4e9 };
  const [head, , ...rest] = contentOf(admin.cookie).split(".");
  const forged = {
    "no algorithm": `${base64({ alg: "none" })}.${base64(claims)}.`,
    "an algorithm of its own": `${base64({ alg: "HS256" })}.${base64(claims)}.AAAA`,
    "no encryption": `${base64({ alg: "dir", enc: "none" })}..${base64(claims)}..`,
    "another secret": await encode({ token: { signInId }, secret: "y".repeat(43) }),
    "no sign-in": await encode({ token: { sub: admin.person.id }, secret: stack().authSecret }),
    "a person's id": await encode({
      token: { signInId: admin.person.id },
      secret: stack().authSecret,
    }),
    "an end in the past": await encode({
      token: { signInId },
      secret: stack().authSecret,
      maxAge: -3600,
    }),
    "a changed part": [
      head,
      "",
      ...rest.map((part, i) => (i === 1 ? `${part[0] === "A" ? "B" : "A"}${part.slice(1)}` : part)),
    ].join("."),
    nothing: "",
    "10 KiB": "x".repeat(10_000),
  };
  const before = await stateOfAll(owner);
  for (const [what, value] of Object.entries(forged)) {
    const answer = await ask("/audit", null, { headers: { cookie: `${name}=${value}` } });
    expect([307, 431], what).toContain(answer.status);
    if (answer.status === 307) expect(answer.headers.location, what).toMatch(/^\/sign-in/);
  }
  expect(await stateOfAll(owner)).toEqual(before);
  expect((await ask("/audit", admin)).status).toBe(200);
});

test("a cookie tossed in beside another signs in nobody but whom either belongs to", async ({
  caller,
}) => {
  const agent = await caller();
  const admin = await caller(["admin"]);
  const both = { headers: { cookie: `${nameOf(agent.cookie)}=forged; ${agent.cookie}` } };
  const answer = await ask("/settings", null, both);
  expect([303, 307, 403, 404]).toContain(answer.status);
  expect(answer.text).not.toContain(admin.person.name);
});

test("a sign-in that has ended stays ended", async ({ caller, databases }) => {
  const agent = await caller();
  expect((await ask("/", agent)).status).toBe(200);
  await databases.owner.query(
    "update staff_sign_ins set ended_at = clock_timestamp(), end_cause = 'signed_out' where staff_id = $1",
    [agent.person.id],
  );
  const { status, headers } = await ask("/", agent);
  expect(status).toBe(307);
  expect(headers.location).toMatch(/^\/sign-in/);
});

test("cookies are kept from scripts and from other sites", async () => {
  const { status, headers } = await ask("/sign-in/persona", null, {
    method: "POST",
    headers: { ...formType, origin: new URL(stack().panelUrl).origin },
    body: form({ staffId: runa.id }),
  });
  expect(status).toBe(303);
  const cookies = (headers["set-cookie"] ?? "").split(/,(?=\S+=)/).filter(Boolean);
  expect(cookies.join()).toContain("next-auth.session-token=");
  for (const cookie of cookies)
    expect(cookie).toMatch(/(?=.*; HttpOnly)(?=.*; SameSite=Lax)(?=.*; Path=\/)/i);
});
