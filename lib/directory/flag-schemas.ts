import { z } from "zod";
import { idSchema } from "#lib/kernel/ids.ts";
import { proposalReason } from "#lib/proposals/schemas.ts";
import { accountStances, tiers } from "#lib/vocabulary.ts";
import type { FlagValue } from "./flag-rules.ts";

const reason = proposalReason;
const ofAccount = { accountId: idSchema, reason };
const choose = { error: "Choose what it is to be." };
const yesOrNo = z.enum(["true", "false"], choose).transform((word) => word === "true");

/** A flag of an account or a person as somebody wants it, and why. */
export const flagInput = z.discriminatedUnion("flag", [
  z.object({ ...ofAccount, flag: z.literal("tier"), value: z.enum(tiers, choose) }),
  z.object({ ...ofAccount, flag: z.literal("stance"), value: z.enum(accountStances, choose) }),
  z.object({ subjectId: idSchema, reason, flag: z.literal("vip"), value: yesOrNo }),
]);
export type FlagInput = z.infer<typeof flagInput>;

/** What a proposal about a flag would change: one flag of these. */
const one = z
  .union([
    z.strictObject({ tier: z.enum(tiers) }).transform(({ tier }) => ["tier", tier] as const),
    z
      .strictObject({ stance: z.enum(accountStances) })
      .transform(({ stance }) => ["stance", stance] as const),
    z.strictObject({ vip: z.boolean() }).transform(({ vip }) => ["vip", vip] as const),
  ])
  .transform(([flag, value]) => ({ flag, value: value satisfies FlagValue }));
export const proposedFlag = z.object({ before: one, after: one });
