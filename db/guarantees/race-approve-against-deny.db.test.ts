import { expect, test } from "vitest";
import { opened, waits } from "#db/testing/race.ts";
import { scene } from "#db/testing/scene.ts";
import { approve, ask, deny } from "#db/testing/steps.ts";

const s = await scene();

test.each([
  ["approve, then deny", approve, deny, "granted"],
  ["deny, then approve", deny, approve, "denied"],
])("%s: the first decides, the other is told", async (_, first, second, status) => {
  const request = await s.commit((sql) => ask(sql, s.ana, s.rita));
  const winner = await opened(s.runtime);
  const loser = await opened(s.runtime);
  await first(winner.sql, request, s.max);
  const outcome = loser.race((sql) => second(sql, request, s.mia));
  await waits(s.owner, loser);
  await winner.commit();
  expect(await outcome).toBe("vote_not_pending");
  const { rows } = await s.owner.query(
    "select status, (select count(*)::int from approvals where request_id = $1) as votes from requests where id = $1",
    [request.id],
  );
  expect(rows).toEqual([{ status, votes: 1 }]);
});
