import { eq } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";
import { accounts, subjects } from "#db/schema/directory.ts";
import { refuse } from "#lib/kernel/result.ts";
import type { Flag } from "#lib/vocabulary.ts";
import type { FlagValue } from "./flag-rules.ts";

/** Which flag of whom. */
export type FlagOf = { flag: Flag } & ({ accountId: string } | { subjectId: string });

export type HeldFlag = {
  accountId: string;
  subjectId: string | null;
  /** Of the account or the person. */
  name: string;
  flag: Flag;
  inForce: FlagValue;
  /** Closed only because a full sync left it out: it would come back by itself. */
  isGone: boolean;
};

/** The flag in force, its row held: the person before the account, as a decision holds them. Refuses with `not_found`. */
export async function holdFlag(tx: Transaction, of: FlagOf): Promise<HeldFlag> {
  if ("subjectId" in of) {
    const [person] = await tx
      .select({ accountId: subjects.accountId, name: subjects.name, isVip: subjects.isVip })
      .from(subjects)
      .where(eq(subjects.id, of.subjectId))
      .for("no key update");
    if (!person || of.flag !== "vip") refuse("not_found", "Nothing here that you may change.");
    const { accountId, name, isVip } = person;
    return { accountId, subjectId: of.subjectId, name, flag: "vip", inForce: isVip, isGone: false };
  }
  const [account] = await tx
    .select({
      name: accounts.name,
      tier: accounts.tier,
      stance: accounts.stance,
      gone: accounts.goneStance,
    })
    .from(accounts)
    .where(eq(accounts.id, of.accountId))
    .for("no key update");
  if (!account || of.flag === "vip") refuse("not_found", "Nothing here that you may change.");
  const { name, gone } = account;
  const { accountId, flag } = of;
  const isGone = flag === "stance" && gone !== null;
  return { accountId, subjectId: null, name, flag, inForce: account[flag], isGone };
}
