import { expect, test } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { opened, until, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, close, grant, type Request, vote } from "#db/testing/steps.ts";

const s = await scene();
const status = async ({ id }: Request) =>
  (await s.owner.query("select status from requests where id = $1", [id])).rows[0]?.status;
const lapsed = ({ id }: Request) =>
  until(s.owner, "select lapses_at <= clock_timestamp() as yes from requests where id = $1", id);
/** Late enough for a slow machine to come as far as its lock before. */
const soon = async () => {
  const { rows } = await s.owner.query("select clock_timestamp() + interval '2 seconds' as at");
  return s.commit((sql) => ask(sql, s.ana, s.rita, { lapses_at: rows[0]?.at }));
};

test("the lapse is on record first", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await ageRequest(s.owner, request.id, "5 hours");
  const worker = await opened(s.runtime);
  const manager = await opened(s.runtime);
  await close(worker.sql, request, "lapsed");
  const outcome = manager.race((sql) => approve(sql, request, s.max));
  await waits(s.owner, manager);
  await worker.commit();
  expect(await outcome).toBe("vote_not_pending");
  expect(await status(request)).toBe("lapsed");
});

test("the time passes while the vote waits for the request", async () => {
  const request = await soon();
  const holder = await opened(s.runtime);
  const manager = await opened(s.runtime);
  await holder.sql.query("select from requests where id = $1 for update", [request.id]);
  const outcome = manager.race((sql) => approve(sql, request, s.max));
  await waits(s.owner, manager);
  await lapsed(request);
  await holder.commit();
  expect(await outcome).toBe("vote_lapsed");
  expect(await status(request)).toBe("pending");
});

test("the time passes while the grant waits for its last lock", async () => {
  const request = await soon();
  await s.commit((sql) => vote(sql, request, s.max));
  const holder = await opened(s.owner);
  const manager = await opened(s.runtime);
  await holder.sql.query("select from staff where id = $1 for update", [s.max]);
  const outcome = manager.race((sql) => grant(sql, request));
  await waits(s.owner, manager);
  await lapsed(request);
  await holder.commit();
  expect(await outcome).toBe("request_lapsed");
  expect(await status(request)).toBe("pending");
});

test("the approval is first", async () => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const manager = await opened(s.runtime);
  const worker = await opened(s.runtime);
  await approve(manager.sql, request, s.max);
  const outcome = worker.race((sql) => close(sql, request, "lapsed"));
  await waits(s.owner, worker);
  await manager.commit();
  expect(await outcome).toBe("request_not_due");
  expect(await status(request)).toBe("granted");
});
