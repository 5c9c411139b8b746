import { insert, type Sql } from "./sql.ts";

const before = { approvals: { sensitive: 1 } };

/** Puts a policy into force that says no more than this: what it leaves out is as if it were never asked. */
export async function ruleBy(owner: Sql, more: Record<string, unknown> = {}): Promise<void> {
  const { rows } = await owner.query("select max(version) + 1 as next from policy_versions");
  await insert(owner, "policy_versions", {
    version: rows[0]?.next ?? 1,
    body: { ...before, ...more },
  });
}

/** The same for rules about approvals alone. */
export const wants = (owner: Sql, ...rules: { by: string; votes: number }[]): Promise<void> =>
  ruleBy(owner, { approvals: { sensitive: 1, rules } });
