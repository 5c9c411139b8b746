import type { ApprovalRule, ReachRule } from "./approvals-policy.ts";
import { fieldNames, type PolicyField, policyFields, type Tighter } from "./fields.ts";
import type { PolicyBody } from "./policy.ts";

/** The value of a field such as “breadth.hour”. */
export function fieldOf(body: PolicyBody, field: PolicyField): unknown {
  let value: unknown = body;
  for (const key of field.split("."))
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

/** The fields in which two policies differ. */
export const differingFields = (before: PolicyBody, after: PolicyBody): PolicyField[] =>
  fieldNames.filter((field) => !isSame(fieldOf(before, field), fieldOf(after, field)));

/**
 * The fields in which a policy is looser than the one before, or might be: every difference that is not known to be
 * tighter. Such a policy waits for a second person; the schema asks for one by the same rule (`policy_loosens`).
 */
export const loosens = (before: PolicyBody, after: PolicyBody): PolicyField[] =>
  fieldNames.filter((field) => {
    switch (field) {
      case "approvals.rules":
        return !keepsRules(before.approvals.rules, after.approvals.rules);
      case "reach":
        return !keepsReach(before.reach, after.reach);
      case "reasons":
        return !keepsReasons(before.reasons, after.reasons);
      default:
        return !isAsTight(policyFields[field], fieldOf(before, field), fieldOf(after, field));
    }
  });

function isAsTight(tighter: Tighter, was: unknown, will: unknown): boolean {
  if (isSame(was, will)) return true;
  const numbers = typeof was === "number" && typeof will === "number";
  switch (tighter) {
    case "less":
      return numbers && will < was;
    case "more":
      return numbers && will > was;
    case "true":
      return will === true;
    case "false":
      return will === false;
    case "asked":
      return (was === null && typeof will === "number") || (numbers && will < was);
    case "set":
      return was === null && typeof will === "string";
    case "fewer":
      return Array.isArray(was) && Array.isArray(will) && will.every((one) => was.includes(one));
    case "same":
    case "rules":
    case "reach":
    case "reasons":
      return false;
    default: {
      const ranks = tighter.split(" ");
      return ranks.indexOf(String(will)) > ranks.indexOf(String(was));
    }
  }
}

/** Every rule before is there still, for at least as many votes of the same people. */
const keepsRules = (before: readonly ApprovalRule[], after: readonly ApprovalRule[]): boolean =>
  before.every((was) =>
    after.some((will) => will.by === was.by && will.votes >= was.votes && isSameAsk(was, will)),
  );

const isSameAsk = (a: ApprovalRule, b: ApprovalRule): boolean =>
  isSameSet(a.tiers, b.tiers) &&
  isSameSet(a.scopes, b.scopes) &&
  a.vip === b.vip &&
  a.owner === b.owner &&
  a.optedOut === b.optedOut;

/** A team without a rule reaches everybody. One that has rules keeps some, and each is within one before. */
const keepsReach = (before: readonly ReachRule[], after: readonly ReachRule[]): boolean =>
  before.every(({ team }) => {
    const ofTeam = after.filter((rule) => rule.team === team);
    return ofTeam.length > 0 && ofTeam.every((rule) => before.some((was) => isWithin(rule, was)));
  });

const isWithin = (rule: ReachRule, was: ReachRule): boolean =>
  rule.team === was.team &&
  holdsAll(was.regions, rule.regions) &&
  holdsAll(was.tiers, rule.tiers) &&
  holdsAll(was.products, rule.products) &&
  holdsAll(was.subjectRoles, rule.subjectRoles);

/** Each was a reason before, with the same basis and no ticket less. Labels and hints are words. */
const keepsReasons = (before: PolicyBody["reasons"], after: PolicyBody["reasons"]): boolean =>
  after.every((will) =>
    before.some(
      (was) =>
        was.category === will.category &&
        was.basis === will.basis &&
        (was.ticket === will.ticket || will.ticket === "required"),
    ),
  );

type List = readonly string[] | undefined;
const holdsAll = (whole: List, part: List): boolean =>
  whole === undefined || part?.every((one) => whole.includes(one)) === true;
const isSameSet = (a: List, b: List): boolean =>
  (a === undefined) === (b === undefined) && holdsAll(a, b) && holdsAll(b, a);

/** Whether two values of JSON are the same, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key)));
}
