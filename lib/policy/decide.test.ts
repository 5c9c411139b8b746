import { describe, expect, it } from "vitest";
import body from "#db/seed/policy-14.json" with { type: "json" };
import type { SubjectFacts } from "#lib/directory/facts.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Role } from "#lib/vocabulary.ts";
import { decide } from "./decide.ts";
import { type Policy, policyBody } from "./policy.ts";

const policy: Policy = {
  ...policyBody.parse(body),
  version: 14,
  inForceFrom: new Date(0),
};
const somebody = (...roles: Role[]): StaffActor => ({
  kind: "staff",
  id: "a",
  name: "Teodora Quill",
  email: "t@alongside.test",
  roles,
  team: "Support Europe",
  zone: "UTC",
  signInId: "s",
  authTime: null,
  acr: null,
});
const subject = (
  over: Partial<Omit<SubjectFacts, "account">> & Partial<SubjectFacts["account"]> = {},
) => {
  const {
    tier = "standard",
    stance = "allowed",
    region = null,
    termsVersion = null,
    ...rest
  } = over;
  const facts: SubjectFacts = {
    subjectId: "u",
    externalId: "usr_1",
    name: "Jane Ashdown",
    email: "jane@pebblewick.test",
    role: "member",
    status: "active",
    kind: "person",
    isOwner: false,
    isVip: false,
    heldBecause: [],
    isStaff: false,
    product: {
      id: "p",
      clientId: "ledger",
      name: "Ledger",
      origin: "http://127.0.0.1:3001",
      environment: "demo",
    },
    ...rest,
    account: { id: "c", name: "Pebblewick Bakery", tier, stance, region, termsVersion },
  };
  return facts;
};

describe("decide", () => {
  it("lets an agent stand in for a member of a standard account", () => {
    expect(decide(somebody("agent"), subject(), policy)).toEqual({ kind: "allow" });
  });

  it.each([
    ["regulated", subject({ tier: "regulated" })],
    ["enterprise", subject({ tier: "enterprise" })],
    ["opted_out", subject({ stance: "opted_out" })],
    ["vip", subject({ isVip: true })],
    ["owner", subject({ isOwner: true })],
  ] as const)("wants an approval where the subject is %s", (because, facts) => {
    const decision = decide(somebody("agent"), facts, policy);
    expect(decision).toEqual({
      kind: "needs_approval",
      approvals: 1,
      requirements: [{ by: "manager", votes: 1 }],
      because: [because],
    });
  });

  it.each([
    ["subject_is_staff", subject({ isStaff: true })],
    ["account_closed", subject({ stance: "closed" })],
    ["subject_not_impersonable", subject({ status: "deactivated" })],
    ["subject_not_impersonable", subject({ kind: "service" })],
  ] as const)("refuses with %s, whatever the role", (code, facts) => {
    expect(decide(somebody("agent", "manager"), facts, policy)).toMatchObject({
      kind: "refuse",
      code,
    });
  });

  it("refuses who is out of the reach of the actor's team, and says who may", () => {
    const reach = [
      { team: "Support Europe", regions: ["Europe"] },
      { team: "Support Americas", regions: ["Americas"] },
    ];
    expect(
      decide(somebody("agent"), subject({ region: "Americas" }), { ...policy, reach }),
    ).toEqual({
      kind: "refuse",
      code: "out_of_your_reach",
      message:
        "Support Europe stands in for customers in Europe. Pebblewick Bakery is in Americas: Support Americas can.",
    });
    const near = decide(somebody("agent"), subject({ region: "Europe" }), { ...policy, reach });
    expect(near).toEqual({ kind: "allow" });
  });

  it.each([["manager"], ["compliance"], ["admin"]] as const)("refuses %s: not an agent", (role) => {
    expect(decide(somebody(role), subject(), policy)).toMatchObject({
      kind: "refuse",
      code: "not_allowed",
    });
  });
});
