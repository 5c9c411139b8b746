import { expect, it } from "vitest";
import { ageRequest } from "#db/testing/age.ts";
import { scene } from "#db/testing/scene.ts";
import { ask } from "#db/testing/steps.ts";
import { atWork } from "#lib/impersonation/testing.ts";
import { lapseDue } from "./lapse.ts";

const s = await scene();
const { worker } = await atWork(s);
const overdue = async (by: string) => {
  const { id } = await s.commit((sql) => ask(sql, s.ana, s.rita));
  await ageRequest(s.owner, id, by);
  return id;
};

it("as many as are looked at in one go, and cannot be written, keep no other from lapsing", async () => {
  // Those that fail are the longest overdue.
  const bad = [await overdue("3 days"), await overdue("3 days"), await overdue("2 days")];
  const good = [await overdue("1 day"), await overdue("1 day"), await overdue("5 hours")];
  await s.owner.query(
    "create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$",
  );
  await s.owner.query(`create trigger broken before update on requests for each row
    when (new.id = any ('{${bad}}') and new.status = 'lapsed') execute function broken()`);
  await s.owner.query("alter table requests enable always trigger broken");
  const lapsed = async () => {
    const { rows } = await s.owner.query(
      "select id from requests where id = any($1) and status = 'lapsed'",
      [good],
    );
    return rows.length;
  };
  await expect(lapseDue(worker, 2)).rejects.toThrow();
  expect(await lapsed()).toBe(2);
  await expect(lapseDue(worker, 2)).rejects.toThrow();
  expect(await lapsed()).toBe(3);
  await s.owner.query("drop function broken() cascade");
  expect([await lapseDue(worker, 2), await lapseDue(worker, 2)]).toEqual([2, 1]);
});

it("what is granted lapses by when it may start", async () => {
  const { id } = await s.granted(s.ben);
  expect(await lapseDue(worker)).toBe(0);
  await ageRequest(s.owner, id, "31 minutes");
  expect([await lapseDue(worker), await lapseDue(worker)]).toEqual([1, 0]);
});
