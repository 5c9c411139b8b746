import { atTheDoor, customersOwn, throughTheDoor } from "#e2e/fixtures/door.ts";
import { isWhole, opened, send } from "#e2e/fixtures/http.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { stack } from "#e2e/support/stack.ts";
import { end } from "#lib/impersonation/end.ts";

const halvor = "halvor@ardentloom.test";

/** A stream of what happens, as a page would hold it open. */
async function listen(cookie: string) {
  const accept = "text/event-stream";
  const stream = await opened(stack().ledgerUrl, "/activity/stream", { cookie, accept });
  expect(stream.statusCode).toBe(200);
  return stream;
}

test("a stream that was opened while standing in breaks off at the end; the customer's own goes on", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const own = await listen(await customersOwn(halvor));
  const sid = await started(agent, await subjectOf(owner, halvor));
  const stream = await listen(await throughTheDoor(agent, sid));
  await end(agent.ctx, { sessionId: sid });
  expect(await isWhole(stream)).toBe(false);
  // What comes now comes to a stream that is still open.
  await new Promise((resolve) => own.once("data", resolve));
  own.destroy();
});

test("a stream of an earlier session does not live on in the next one of the same browser", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const first = await started(agent, await subjectOf(owner, halvor));
  const before = await throughTheDoor(agent, first);
  const stream = await listen(before);
  await end(agent.ctx, { sessionId: first });
  const next = await started(agent, await subjectOf(owner, halvor));
  const { callback, state } = await atTheDoor(agent, next);
  const { ledgerUrl } = stack();
  const entered = await send(ledgerUrl, callback, { headers: { cookie: `${state}; ${before}` } });
  const cookie = /alongside_session=[^;]+/.exec(entered.headers["set-cookie"] ?? "")?.[0] ?? "";
  const now = await listen(cookie);
  expect(await isWhole(stream)).toBe(false);
  await new Promise((resolve) => now.once("data", resolve));
  now.destroy();
});
