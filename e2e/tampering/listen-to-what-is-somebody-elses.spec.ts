import type { IncomingMessage } from "node:http";
import { basic, opened, send } from "#e2e/fixtures/http.ts";
import { deactivate, runa } from "#e2e/fixtures/staff.ts";
import { asked, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { type Caller, expect, test } from "#e2e/fixtures/test.ts";

const jane = "jane.ashdown@tallowfield.test";
const address = "/api/stream";

/** What a stream says, as it says it. */
function listened(answer: IncomingMessage) {
  const own = { text: "", over: false };
  answer.on("data", (chunk: Buffer) => {
    own.text += chunk;
  });
  answer.on("close", () => {
    own.over = true;
  });
  return own;
}

const stream = async (panel: string, { cookie }: Pick<Caller, "cookie">) => {
  const answer = await opened(panel, address, { cookie, "accept-encoding": "gzip, br" });
  return { answer, heard: listened(answer) };
};
const looks = ({ text }: { text: string }) => text.match(/data: look\n\n/g)?.length ?? 0;

test("nobody listens without a sign-in, and a product's secret is none", async ({ urls }) => {
  const nobodys: Record<string, string>[] = [
    {},
    { cookie: "next-auth.session-token=x" },
    basic("ledger", "x"),
  ];
  for (const headers of nobodys) {
    const answer = await send(urls.panel, address, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
  }
});

test("an event arrives at once, whatever the client could uncompress, and nothing keeps it on the way", async ({
  caller,
  signedIn,
  databases,
  urls,
}) => {
  const agent = await caller();
  const { answer, heard } = await stream(urls.panel, agent);
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["content-type"]).toContain("text/event-stream");
  expect(answer.headers["content-encoding"]).toBeUndefined();
  expect(answer.headers["cache-control"]).toBe("no-store, no-transform");
  expect(answer.headers["x-accel-buffering"]).toBe("no");
  expect(answer.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  await expect.poll(() => heard.text).toContain(": open");

  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  const manager = await signedIn(runa);
  await manager.page.goto(`/requests/${requestId}`);
  await expect.poll(() => looks(heard)).toBeGreaterThan(0);
  expect(heard.over).toBe(false);
  // The word, and nothing of what it is about.
  expect(heard.text.replaceAll(/retry: 3000\n|: (open|beat)\n\n|data: look\n\n/g, "")).toBe("");
  answer.destroy();
});

test("another agent's stream says nothing of what is not theirs", async ({
  caller,
  signedIn,
  databases,
  urls,
}) => {
  const agent = await caller();
  const other = await caller();
  const own = await stream(urls.panel, agent);
  const others = await stream(urls.panel, other);
  const requestId = await asked(agent, await subjectOf(databases.owner, jane));
  const manager = await signedIn(runa);
  await manager.page.goto(`/requests/${requestId}`);
  await expect.poll(() => looks(own.heard)).toBeGreaterThan(0);
  // Told by the same word, and both were open: what concerned the other would have come by now.
  expect(looks(others.heard)).toBe(0);
  own.answer.destroy();
  others.answer.destroy();
});

test("a stream ends with its sign-in, and is not opened again", async ({
  newcomer,
  caller,
  urls,
}) => {
  const here = await newcomer();
  const there = await caller(here.person);
  const { heard } = await stream(urls.panel, there);
  await expect.poll(() => heard.text).toContain(": open");
  await here.page.goto("/me/devices");
  await here.page.getByRole("button", { name: "End all others" }).click();
  await expect.poll(() => heard.over).toBe(true);
  expect(looks(heard)).toBe(0);
  expect((await send(urls.panel, address, { headers: { cookie: there.cookie } })).status).toBe(401);
});

test("who is let in no more hears nothing more, whoever took their place away", async ({
  caller,
  databases,
  urls,
}) => {
  const agent = await caller();
  const { heard } = await stream(urls.panel, agent);
  await expect.poll(() => heard.text).toContain(": open");
  await deactivate(databases.owner, agent.person);
  // By a hand that tells nobody: found by the next beat.
  await expect.poll(() => heard.over, { timeout: 30_000 }).toBe(true);
  expect(looks(heard)).toBe(0);
  expect((await send(urls.panel, address, { headers: { cookie: agent.cookie } })).status).toBe(401);
});

test("one person cannot take all connections: of a hundred streams a few are opened", async ({
  caller,
  urls,
}) => {
  const agent = await caller();
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => opened(urls.panel, address, { cookie: agent.cookie })),
  );
  const statuses = answers.map(({ statusCode }) => statusCode);
  expect(statuses.filter((status) => status === 200)).toHaveLength(6);
  expect(statuses.filter((status) => status === 429)).toHaveLength(94);
  for (const answer of answers) answer.destroy();
  const other = await stream(urls.panel, await caller());
  expect(other.answer.statusCode).toBe(200);
  other.answer.destroy();
});

test("listening keeps no sign-in alive", async ({ caller, databases, urls }) => {
  const agent = await caller();
  const idle =
    "update staff_sign_ins set last_active_at = last_active_at - interval '5 minutes', created_at = created_at - interval '6 minutes' where id = $1 returning last_active_at";
  const { rows } = await databases.owner.query(idle, [agent.ctx.actor.signInId]);
  const { answer, heard } = await stream(urls.panel, agent);
  await expect.poll(() => heard.text).toContain(": open");
  const { rows: after } = await databases.owner.query(
    "select last_active_at from staff_sign_ins where id = $1",
    [agent.ctx.actor.signInId],
  );
  expect(after).toEqual(rows);
  answer.destroy();
});
