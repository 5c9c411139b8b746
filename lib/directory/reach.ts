import type { Tier } from "#lib/vocabulary.ts";

/** Whom a team may stand in for (`policy.reach`): all that a rule names must be so. */
export type ReachRule = {
  team: string;
  regions?: readonly string[];
  tiers?: readonly Tier[];
  /** Client ids of products. */
  products?: readonly string[];
  /** Roles that a subject has in their account. */
  subjectRoles?: readonly string[];
};

/** What the rules ask of a customer. `role`: the subject's; left out where it is about the account, in which any may be. */
export type Reached = {
  account: { name: string; tier: Tier; region: string | null };
  product: { clientId: string; name: string };
  role?: string;
};

type Dimension = "regions" | "tiers" | "products" | "subjectRoles";
const dimensions: Dimension[] = ["regions", "tiers", "products", "subjectRoles"];

/**
 * Why somebody of this team may not stand in for this customer, and who may: one sentence or two; null where they may. A
 * team without a rule may stand in for everybody, one with rules for whom any of them fits; what is not known of a
 * customer fits no rule that asks for it. The schema says the same in `subject_reach`.
 */
export function outOfReach(
  team: string,
  customer: Reached,
  rules: readonly ReachRule[],
): string | null {
  const own = rules.filter((rule) => rule.team === team);
  if (own.length === 0 || own.some((rule) => fits(rule, customer))) return null;
  const others = rules.filter((rule) => rule.team !== team && fits(rule, customer));
  const who = [...new Set(others.map((rule) => rule.team))];
  const can = who.length > 0 ? `${listed(who, "and")} can` : "a team without such limits can";
  return `${team} stands in for ${listed(own.map(whom), "and")}. ${customer.account.name} ${what(customer, own)}: ${can}.`;
}

const fits = (rule: ReachRule, customer: Reached): boolean =>
  dimensions.every((one) => within(one, rule, customer));

/** Whether what a rule says of one thing is so of this customer; what it does not say is. */
function within(dimension: Dimension, rule: ReachRule, customer: Reached): boolean {
  const allowed: readonly string[] | undefined = rule[dimension];
  if (!allowed || (dimension === "subjectRoles" && customer.role === undefined)) return true;
  const is = factOf(dimension, customer);
  return is !== null && allowed.includes(is);
}

function factOf(dimension: Dimension, { account, product, role }: Reached): string | null {
  switch (dimension) {
    case "regions":
      return account.region;
    case "tiers":
      return account.tier;
    case "products":
      return product.clientId;
    case "subjectRoles":
      return role ?? null;
  }
}

const listed = (words: readonly string[], and: "and" | "or"): string =>
  words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} ${and} ${words.slice(-1).join("")}`;

/** "enterprise customers in Europe or Asia" */
const whom = ({ regions, tiers, products, subjectRoles }: ReachRule): string =>
  [
    tiers && listed(tiers, "or"),
    "customers",
    regions && `in ${listed(regions, "or")}`,
    products && `of ${listed(products, "or")}`,
    subjectRoles && `whose role is ${listed(subjectRoles, "or")}`,
  ]
    .filter(Boolean)
    .join(" ");

/** What of this customer the rules of a team leave out: "is in Americas". */
function what(customer: Reached, own: readonly ReachRule[]): string {
  const asked = dimensions.filter((one) => own.some((rule) => rule[one]));
  const alone = asked.filter((one) => own.every((rule) => !within(one, rule, customer)));
  return listed(
    (alone.length > 0 ? alone : asked).map((one) => how(one, customer)),
    "and",
  );
}

function how(dimension: Dimension, { account, product, role }: Reached): string {
  switch (dimension) {
    case "regions":
      return account.region === null ? "has no region" : `is in ${account.region}`;
    case "tiers":
      return `is ${account.tier}`;
    case "products":
      return `uses ${product.name}`;
    case "subjectRoles":
      return role === undefined ? "has other roles" : `calls their role ${role}`;
  }
}
