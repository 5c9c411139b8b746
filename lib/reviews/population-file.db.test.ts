import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { restingTriggers } from "#db/resting-triggers.ts";
import { takeRole } from "#db/testing/people.ts";
import { inTransaction, scene } from "#db/testing/scene.ts";
import { openCampaign } from "./open-campaign.ts";
import { populationFile } from "./population-file.ts";
import { underReview, valueIn } from "./testing.ts";

const s = await scene();
const w = await underReview(s);
const quarter = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
const opened = valueIn(await openCampaign(w.cora, quarter));

const reader = async (name: string) => {
  const id = await w.person(name, [{ role: "compliance", from: "2026-10-02Z" }]);
  return w.as(id, name, ["compliance"]);
};

async function restOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return text;
}

test.each([
  ["signed out", "signed_out", "cut off"],
  ["idle for too long", "idle", "whole"],
] as const)("who is %s meanwhile (%s) has a file that is %s", async (name, cause, file) => {
  const ctx = await reader(name);
  const pieces = populationFile(ctx, opened);
  const { value: head } = await pieces.next();
  await inTransaction(s.owner, (sql) =>
    restingTriggers(sql, "staff_sign_ins", () =>
      sql.query("update staff_sign_ins set ended_at = now(), end_cause = $2 where id = $1", [
        ...[ctx.actor.signInId, cause],
      ]),
    ),
  );
  if (file === "cut off") return expect(restOf(pieces)).rejects.toThrow("is over");
  expect(parse(head + (await restOf(pieces)), { from_line: 2 })).toHaveLength(opened.counts.grants);
});

test("who is taken out of compliance meanwhile gets no whole file, and none afterwards", async () => {
  const ctx = await reader("taken out");
  const pieces = populationFile(ctx, opened);
  await pieces.next();
  await takeRole(s.owner, ctx.actor.id, "compliance");
  await expect(restOf(pieces)).rejects.toThrow("is over");
  await expect(populationFile(ctx, opened).next()).rejects.toThrow("is over");
});
