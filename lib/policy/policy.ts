import { type AnyColumn, sql } from "drizzle-orm";
import { z } from "zod";
import { readAtOnce } from "#db/at-once.ts";
import type { Reader } from "#db/client.ts";
import { preparedStatement } from "#db/prepared.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { lawfulBases, type ReasonCategory, reasonCategories } from "#lib/vocabulary.ts";
import {
  approvalRule,
  breakGlassPolicy,
  freshPolicy,
  reachRule,
  ringsPolicy,
  standingPolicy,
  termsPolicy,
} from "./approvals-policy.ts";
import { findingsPolicy } from "./findings-policy.ts";

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
};

/** The rules that a company sets for itself. Minutes are minutes; the schema's own limits still hold above them. */
export const policyBody = z.object({
  approvals: z.object({
    sensitive: z.int().min(1).max(2),
    rules: z.array(approvalRule).max(50).default([]),
  }),
  reach: z.array(reachRule).max(200).default([]),
  rings: ringsPolicy.prefault({}),
  standing: standingPolicy.prefault({}),
  breakGlass: breakGlassPolicy.prefault({}),
  freshSignIn: freshPolicy.prefault({}),
  terms: termsPolicy.prefault({}),
  /** What becomes sensitive while somebody is in: it ends, or it ends and is asked for anew. */
  becomesSensitive: z.enum(["end", "ask"]).default("end"),
  /** Whether a button in Slack may approve, not only deny; the most sensitive lead to the page all the same. */
  approveInSlack: z.boolean().default(false),
  lapseMinutes: z.int().min(5).max(1440),
  startWithinMinutes: z.int().min(1).max(30),
  idleMinutes: z.int().min(5).max(60),
  maxMinutes: z.int().min(1).max(60),
  exportsInWrite: z.boolean(),
  /** How many people one actor may stand in for; the schema knows the same defaults (`breadth_limit`). */
  breadth: z
    .object({ hour: z.int().min(1).max(1000), day: z.int().min(1).max(10_000) })
    .default({ hour: 20, day: 120 }),
  ticketPattern: z.string().max(200),
  /** Where the company's days and quarters begin: an IANA zone. */
  zone: z.string().refine(isZone, "is no IANA time zone").default("UTC"),
  /** Of an actor's own day, in whole hours; days by ISO number, Monday is 1. */
  workingHours: z
    .object({
      from: z.int().min(0).max(23),
      to: z.int().min(1).max(24),
      days: z.array(z.int().min(1).max(7)),
    })
    .default({ from: 7, to: 19, days: [1, 2, 3, 4, 5] }),
  reviews: z
    .object({
      /** Whether a campaign opens when a quarter is over. */
      opensByItself: z.boolean(),
      dueDays: z.int().min(1).max(90),
      /** What becomes of an item that nobody decided, when the campaign is closed. */
      undecided: z.enum(["revoke", "exception"]),
      exceptionDays: z.int().min(1).max(90),
      /** At least this part of somebody's sessions is in the sample. */
      sampleShare: z.number().min(0.1).max(1),
      /** Decisions by one person within a minute of which compliance is told. */
      rushedDecisions: z.int().min(2).max(1000),
    })
    .default({
      opensByItself: true,
      dueDays: 30,
      undecided: "revoke",
      exceptionDays: 30,
      sampleShare: 0.1,
      rushedDecisions: 40,
    }),
  findings: findingsPolicy.prefault({}),
  reasons: z
    .array(
      z.object({
        category: z.enum(reasonCategories),
        label: z.string(),
        hint: z.string(),
        basis: z.enum(lawfulBases),
        ticket: z.enum(["required", "optional"]),
      }),
    )
    .min(1),
});
export type PolicyBody = z.infer<typeof policyBody>;
export type Policy = PolicyBody & { version: number; inForceFrom: Date };
export type Reason = Policy["reasons"][number];

type NewestRow = { version: number; body: string; since: string };
const newest = preparedStatement<NewestRow>(
  "policy",
  `select version, body::text as body, in_force_from::text as since
     from policy_now`,
);
/** The one that was parsed last: it seldom changes, and is asked for by every verb. */
let last: { text: string; since: string; policy: Policy } | null = null;

/** The policy in force. Throws when there is none: without rules nothing may start. */
export const currentPolicy = async (tx: Reader): Promise<Policy> => policyIn(await newest(tx));

/** The same for a page, which reads more beside it. */
export const readPolicy = async (ctx: Ctx): Promise<Policy> =>
  policyIn(await readAtOnce(ctx, newest.part()));

function policyIn([row]: NewestRow[]): Policy {
  if (!row) throw new Error("No policy is in force");
  const { version, body, since } = row;
  const text = `${version} ${since} ${body}`;
  if (last?.text !== text) {
    const policy = { ...policyBody.parse(JSON.parse(body)), version, inForceFrom: new Date(since) };
    last = { text, since, policy };
  }
  return last.policy;
}

/** Which policy is in force now, to be read with other things; `policyOf` knows the rest, since a version never changes. */
export const policyInForceSql = sql<{ version: number; since: string }>`(
  select json_build_object('version', version, 'since', in_force_from::text)
    from policy_now)`;

export const policyOf = async (
  db: Reader,
  { version, since }: { version: number; since: string },
): Promise<Policy> =>
  last?.policy.version === version && last.since === since ? last.policy : currentPolicy(db);

/** The policy's words for a reason category; the category itself where the policy has dropped it. */
export const reasonLabel = (policy: Policy, category: ReasonCategory): string =>
  policy.reasons.find((reason) => reason.category === category)?.label ?? category;

/** The same words, asked of the database; null where the policy has dropped the category. */
export const reasonLabelSql = (category: AnyColumn) =>
  sql<string | null>`(select r.value ->> 'label'
    from policy_now p, jsonb_array_elements(p.body -> 'reasons') r
    where r.value ->> 'category' = ${category})`;
