import { expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { type Policy, policyBody } from "#lib/policy/policy.ts";
import { mayApproveInSlack, type Weight } from "./by-button.ts";

const policy = (more: object = {}): Policy => ({
  ...policyBody.parse({ ...policy14, approveInSlack: true, ...more }),
  version: 1,
  inForceFrom: new Date(0),
});
const weight = (more: Partial<Weight> = {}): Weight => ({
  sensitiveBecause: ["vip"],
  approvalsNeeded: 1,
  requirements: [],
  standingHours: null,
  breakGlass: false,
  ...more,
});

it("is the policy's to allow: by default no yes comes by a button", () => {
  expect(mayApproveInSlack(policy(), weight())).toBe(true);
  expect(mayApproveInSlack(policy({ approveInSlack: undefined }), weight())).toBe(false);
  expect(mayApproveInSlack(policy({ approveInSlack: false }), weight())).toBe(false);
});

it.each<[string, Partial<Weight>]>([
  ["a regulated account", { sensitiveBecause: ["vip", "regulated"] }],
  ["two votes", { approvalsNeeded: 2 }],
  ["two votes by a rule", { requirements: [{ votes: 2 }] }],
  ["two rules", { requirements: [{ votes: 1 }, { votes: 1 }] }],
  ["what stands for later sessions", { standingHours: 4 }],
  ["break-glass", { breakGlass: true }],
])("is never for %s", (_, more) => {
  expect(mayApproveInSlack(policy(), weight(more))).toBe(false);
});

it("is not for what wants a fresh sign-in, and still for what does not", () => {
  const fresh = policy({ freshSignIn: { sensitiveApproval: 15 } });
  expect(mayApproveInSlack(fresh, weight())).toBe(false);
  expect(mayApproveInSlack(fresh, weight({ sensitiveBecause: [] }))).toBe(true);
});
