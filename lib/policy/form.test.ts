import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { bodyOf, changedSince, formOf } from "./form.ts";
import { rowsIn, withoutRow, withRow } from "./form-rows.ts";
import { type PolicyBody, policyBody } from "./policy.ts";

const base = policyBody.parse({
  ...policy14,
  approvals: {
    sensitive: 1,
    rules: [
      { scopes: ["write"], tiers: ["regulated"], votes: 2, by: "manager" },
      { vip: true, votes: 1, by: "own_manager" },
    ],
  },
  reach: [{ team: "Support Europe", regions: ["Europe", "UK"], subjectRoles: ["member"] }],
  freshSignIn: { export: 5, acr: "mfa" },
});
const read = (typed: Parameters<typeof bodyOf>[0], from: PolicyBody = base): PolicyBody => {
  const result = bodyOf(typed, from);
  if (!result.ok) throw new Error(JSON.stringify(result.fields));
  return result.body;
};

it("a form that nobody touched is the policy that it shows", () => {
  expect(read(formOf(base))).toEqual(base);
  expect(read(formOf(base), policyBody.parse(policy14))).toEqual(base);
});

it("what a form does not show stays as it is", () => {
  expect(read({})).toEqual(base);
  expect(read({ maxMinutes: "30", "freshSignIn.export": "" })).toEqual({
    ...base,
    maxMinutes: 30,
    freshSignIn: { ...base.freshSignIn, export: null },
  });
});

it("rows are added empty and taken away; an empty one is told of", () => {
  const more = withRow(formOf(base), "approvals.rules");
  expect(rowsIn(more, "approvals.rules")).toEqual(["0", "1", "2"]);
  expect(bodyOf(more, base)).toMatchObject({
    ok: false,
    fields: { "approvals.rules.2.votes": expect.any(String) },
  });
  const filled = { ...more, "approvals.rules.2.votes": "1", "approvals.rules.2.by": "compliance" };
  expect(read(filled).approvals.rules[2]).toEqual({ votes: 1, by: "compliance" });
  const less = withoutRow(filled, "approvals.rules", "0");
  expect(read(less).approvals.rules).toEqual([
    { vip: true, votes: 1, by: "own_manager" },
    { votes: 1, by: "compliance" },
  ]);
  expect(read(withoutRow(formOf(base), "reach", "0")).reach).toEqual([]);
});

it.each([
  ["maxMinutes", "61", "Must be at most 60."],
  ["maxMinutes", "many", "Choose or write one that can be."],
  ["zone", "Mars/Olympus", "Is no IANA time zone."],
  ["terms.date", "31 May", "Choose or write one that can be."],
])("%s of %s is told of beside its field", (name, value, sentence) => {
  const result = bodyOf({ [name]: value }, base);
  expect(result).toMatchObject({ ok: false });
  if (!result.ok) expect(Object.keys(result.fields)).toEqual([name]);
  if (!result.ok && name !== "terms.date") expect(result.fields[name]).toBe(sentence);
});

it("what somebody else changed meanwhile is not undone by what one did not touch", () => {
  const now = policyBody.parse({ ...base, idleMinutes: 5 });
  const typed = read({ ...formOf(base), maxMinutes: "20" });
  expect(changedSince(typed, base, now)).toEqual({ ...now, maxMinutes: 20 });
});
