import { expect, test } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { policyBody } from "#lib/policy/policy.ts";
import type { Approver } from "#lib/usage/approvals.ts";
import { quarterFrom } from "#lib/usage/period.ts";
import { approvalsPlot } from "./approvals.ts";
import { daysOf } from "./days.ts";

const policy = { ...policyBody.parse(policy14), version: 14, inForceFrom: new Date(0) };
const period = quarterFrom("2026-07-01");
const none = { sessions: 0, acting: 0, sensitive: 0, outside: 0, wrote: 0, ended: 0, seconds: 0 };
const nothing = { breakGlass: 0, ...none, reads: 0, writes: 0, exports: 0, refusals: 0 };

function drawn(approvers: Approver[], people = approvers.length) {
  const approvals = { approved: 18, denied: 2, seconds: 300, quick: 1, people };
  const figures = {
    ...{
      period,
      before: quarterFrom("2026-04-01"),
      weeks: [],
      totals: nothing,
      approvals,
      approvers,
    },
    ...{ totalsBefore: nothing, hours: [], teams: [], far: [] },
  };
  const days = daysOf(period, "UTC", new Date("2026-11-01"));
  return approvalsPlot({ slug: "2026-q3", figures, days, policy, mayName: false }).text;
}
const approver = (seconds: number): Approver => ({ approved: 9, denied: 1, seconds, quick: 0 });

test("a circle for each of five approvers or more, within the drawing, however long they take", () => {
  for (const slow of [1, 40, 500, 90_000, 900_000]) {
    const text = drawn([slow, slow, slow + 1, slow * 2, slow * 3].map(approver));
    const places = [...text.matchAll(/<circle [^>]*cx='([^']*)' cy='([^']*)' r='([^']*)'/g)];
    expect(places).toHaveLength(5);
    for (const [, x, y, radius] of places) {
      expect(Number(x) - Number(radius), text).toBeGreaterThanOrEqual(44);
      expect(Number(x) + Number(radius)).toBeLessThanOrEqual(560);
      expect(Number(y)).toBeGreaterThan(0);
    }
  }
});

test("of fewer, what they did together", () => {
  const text = drawn([], 2);
  expect(text).not.toContain("<svg");
  expect(text).toContain("<dt>decided</dt><dd>20</dd>");
  expect(text).toContain("fewer than five");
});

test("of one alone nothing: that would be figures on a person", () => {
  const text = drawn([], 1);
  expect(text).toContain("One person decided all");
  expect(text).not.toMatch(/\b(20|18|10 %|5 min)\b/);
});
