import { ask } from "#e2e/fixtures/caller.ts";
import { did } from "#e2e/fixtures/deeds.ts";
import type { Got } from "#e2e/fixtures/http.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { end } from "#lib/impersonation/end.ts";
import { writeCursor } from "#lib/kernel/cursor.ts";
import { cancel } from "#lib/requests/cancel.ts";

const nobody = "01900000-0000-7000-8000-00000000dead";

const betweenScripts = `"])</script><script nonce="NONCE">self.__next_f.push([1,"`;

/**
 * Without what differs between any two answers: nonces, ids, times, the address itself, and which of the page's parts
 * was read first.
 */
const normal = ({ text }: Got, id: string): string =>
  text
    .replaceAll(id, "ID")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID")
    .replace(/[0-9a-f]{32}/g, "NONCE")
    .replace(/\d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(betweenScripts, "")
    .split("\\n")
    .sort()
    .join("\n");

test("another agent's request and session answer as if there were none", async ({
  newcomer,
  caller,
  databases,
}) => {
  const { owner } = databases;
  const waits = await newcomer();
  const requestId = await asked(waits, await subjectOf(owner, "aino@quennell.test"));
  const lives = await newcomer();
  const sessionId = await started(lives, await subjectOf(owner, "olu@pebblewick.test"));
  const other = await caller();
  for (const [path, id] of [
    ["/requests/", requestId],
    ["/sessions/", sessionId],
  ] as const) {
    const theirs = await ask(path + id, other);
    const none = await ask(path + nobody, other);
    expect(theirs.status, path).toBe(404);
    expect(none.status, path).toBe(404);
    expect(normal(theirs, id), path).toBe(normal(none, nobody));
  }
  const door = await ask(`/sessions/${sessionId}/enter`, other);
  const wall = await ask(`/sessions/${nobody}/enter`, other);
  expect(door.status).toBe(wall.status);
  expect(door.headers.location?.replace(sessionId, "")).toBe(
    wall.headers.location?.replace(nobody, ""),
  );
});

test("the past of a customer tells an agent nothing of what colleagues did, by whatever address", async ({
  caller,
  databases,
}) => {
  const { owner } = databases;
  const [one, other] = [await caller(), await caller()];
  const subjectId = await subjectOf(owner, "olu@pebblewick.test");
  const reason = "Known to nobody but to the one who wrote it.";
  const sessionId = await started(one, subjectId, { scope: "write", reason });
  await did(databases, sessionId, [
    { phase: "attempt", method: "POST", effect: "data", resource: "INV-secret" },
  ]);
  await end(one.ctx, { sessionId });
  const sensitive = await subjectOf(owner, "aino@quennell.test");
  const requestId = await asked(one, sensitive, { reason });
  await cancel(one.ctx, { requestId });
  const { rows } = await owner.query<{ id: string; account_id: string; place: string }>(
    `select id, account_id, to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00' as place
       from subjects where id = any($1)`,
    [[subjectId, sensitive]],
  );
  for (const { id, account_id, place } of rows)
    for (const path of [`/customers/${id}`, `/customers/accounts/${account_id}`])
      for (const show of ["", "sessions", "changes", "requests"])
        for (const from of ["", writeCursor({ at: place, id: sessionId })]) {
          const address = `${path}?${new URLSearchParams({ show, before: from, actor: one.person.id })}`;
          const { status, text } = await ask(address, other);
          expect(status, address).toBe(200);
          for (const theirs of [one.person.name, reason, sessionId, requestId, "INV-secret"])
            expect(text.includes(theirs), `${address}: ${theirs}`).toBe(false);
        }
  // To whom it belongs it is there.
  const own = await ask(`/customers/${subjectId}?show=changes`, one);
  expect(own.text).toContain("INV-secret");
});
