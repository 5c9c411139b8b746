import { ask } from "#e2e/fixtures/caller.ts";
import type { Got } from "#e2e/fixtures/http.ts";
import { asked, started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

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
