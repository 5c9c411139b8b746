import { expect, it } from "vitest";
import { outOfReach, type Reached } from "./reach.ts";

const customer = (over: Partial<Reached["account"]> = {}, role = "member"): Reached => ({
  account: { name: "Pebblewick", tier: "standard", region: "Americas", ...over },
  product: { clientId: "ledger", name: "Ledger" },
  role,
});
const europe = { team: "Support Europe", regions: ["Europe"] };
const americas = { team: "Support Americas", regions: ["Americas"] };

it("lets a team without a rule stand in for everybody", () => {
  expect(outOfReach("Support Asia", customer(), [europe, americas])).toBeNull();
});

it("lets a team with rules stand in for whom any of them fits", () => {
  const rules = [europe, { team: "Support Europe", tiers: ["standard" as const] }];
  expect(outOfReach("Support Europe", customer(), rules)).toBeNull();
});

it("says what is out of reach, and who may", () => {
  expect(outOfReach("Support Europe", customer(), [europe, americas])).toBe(
    "Support Europe stands in for customers in Europe. Pebblewick is in Americas: Support Americas can.",
  );
  expect(outOfReach("Support Europe", customer({ region: null }), [europe])).toBe(
    "Support Europe stands in for customers in Europe. Pebblewick has no region: a team without such limits can.",
  );
});

it("names all that was asked where no one thing alone stands against it", () => {
  const rules = [
    { ...europe, tiers: ["standard" as const] },
    { ...americas, team: "Support Europe", subjectRoles: ["admin"] },
  ];
  expect(outOfReach("Support Europe", customer(), rules)).toBe(
    "Support Europe stands in for standard customers in Europe and customers in Americas whose role is admin. Pebblewick is in Americas, is standard and calls their role member: a team without such limits can.",
  );
});

it("asks an account for no role: somebody there may have it", () => {
  const rules = [{ ...americas, subjectRoles: ["admin"] }];
  const { role: _, ...account } = customer();
  expect(outOfReach("Support Americas", account, rules)).toBeNull();
  expect(outOfReach("Support Americas", customer(), rules)).toMatch(/calls their role member/);
});
