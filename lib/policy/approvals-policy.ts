import { z } from "zod";
import { approverKinds, roles, scopes, tiers } from "#lib/vocabulary.ts";

/** Which asks a rule is about: all that it names must be so; an empty one is about every ask. */
const about = {
  tiers: z.array(z.enum(tiers)).min(1).optional(),
  scopes: z.array(z.enum(scopes)).min(1).optional(),
  vip: z.literal(true).optional(),
  owner: z.literal(true).optional(),
  optedOut: z.literal(true).optional(),
};

/** Every rule that is about an ask must be met by votes. What is sensitive wants a manager's besides, whatever the rules say. */
export const approvalRule = z.object({
  ...about,
  votes: z.int().min(1).max(2),
  by: z.enum(approverKinds),
});
export type ApprovalRule = z.infer<typeof approvalRule>;

/** Whom a team may stand in for: any of its rules must fit; a team without a rule may stand in for everybody. */
export const reachRule = z.object({
  team: z.string().min(1).max(100),
  regions: z.array(z.string().min(1).max(100)).min(1).optional(),
  tiers: z.array(z.enum(tiers)).min(1).optional(),
  /** Client ids of products. */
  products: z.array(z.string().min(1)).min(1).optional(),
  /** The subject's role in their account, as the product names it. */
  subjectRoles: z.array(z.string().min(1)).min(1).optional(),
});
export type ReachRule = z.infer<typeof reachRule>;

/** Who is asked when, in seconds after the ask. */
export const ringsPolicy = z.object({
  secondAfter: z.int().min(10).max(3600).default(120),
  fallbackAfter: z.int().min(10).max(7200).default(300),
  /** Signed in and used within so many minutes: asked first. */
  activeMinutes: z.int().min(1).max(60).default(10),
  /** Whom to turn to when nobody answers, or nobody may decide. A role is asked in the panel too. */
  fallback: z
    .object({
      name: z.string().min(1).max(100),
      contact: z.string().max(200),
      role: z.enum(roles).nullable(),
    })
    .default({ name: "Compliance", contact: "", role: "compliance" }),
});

/** One approval for an account and a ticket that stands for later sessions of the same actor; 0: never. */
export const standingPolicy = z.object({ maxHours: z.int().min(0).max(24).default(0) });

export const breakGlassPolicy = z.object({
  allowed: z.boolean().default(false),
  minutes: z.int().min(1).max(60).default(15),
  /** Whether one may act, not only look. */
  write: z.boolean().default(false),
  reasonLength: z.int().min(20).max(500).default(50),
  freshMinutes: z.int().min(1).max(60).default(5),
  reviewHours: z.int().min(1).max(24).default(24),
});

/** Minutes since the person last proved who they are, at most; null: not asked. */
const minutesFresh = z.int().min(1).max(480).nullable().default(null);
export const freshPolicy = z.object({
  sensitiveStart: minutesFresh,
  sensitiveApproval: minutesFresh,
  export: minutesFresh,
  roleChange: minutesFresh,
  policyChange: minutesFresh,
  /** What the issuer must say of how they did (`acr`), where it knows such; null: nothing. */
  acr: z.string().min(1).max(200).nullable().default(null),
});
export type FreshFor = Exclude<keyof z.infer<typeof freshPolicy>, "acr">;

/** The clause of the terms that tells customers of staff access. */
export const termsPolicy = z.object({
  url: z.string().max(500).default(""),
  version: z.string().max(40).default(""),
  date: z.iso.date().nullable().default(null),
  /** What an account that accepted no such version means for an ask. */
  missing: z.enum(["allow", "approval", "refuse"]).default("allow"),
});
