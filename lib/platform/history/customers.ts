import type pg from "pg";
import { z } from "zod";
import type { Customer } from "#db/seed/history/story.ts";
import { sensitivities, tiers } from "#lib/vocabulary.ts";

const row = z.object({
  id: z.uuid(),
  external_id: z.string(),
  name: z.string(),
  email: z.string(),
  is_vip: z.boolean(),
  is_asleep: z.boolean(),
  because: z.array(z.enum(sensitivities)),
  account_id: z.uuid(),
  account: z.string(),
  tier: z.enum(tiers),
  open_for: z.array(z.string()),
});

/** Whom somebody may stand in for, in an order that does not depend on the ids that they were given here. */
export async function readCustomers(client: pg.Client, productId: string): Promise<Customer[]> {
  const { rows } = await client.query(
    `select s.id, s.external_id, s.name, s.email, s.is_vip,
       coalesce(s.last_seen_at < now() - interval '40 days', false) as is_asleep, t.sensitive_because as because, a.id as account_id,
       a.name as account, a.tier, array(select distinct k.assignee_email from tickets k where k.account_id = a.id
         and k.status = 'open' and k.assignee_email is not null order by 1) as open_for
     from subjects s join accounts a on a.id = s.account_id join subject_standing t on t.id = s.id
     where s.product_id = $1 and t.refusal is null order by a.external_id, s.external_id`,
    [productId],
  );
  return z
    .array(row)
    .parse(rows)
    .map((one) => ({
      ...{ id: one.id, externalId: one.external_id, name: one.name, email: one.email },
      ...{ isVip: one.is_vip, isAsleep: one.is_asleep, because: one.because },
      account: { id: one.account_id, name: one.account, tier: one.tier, openFor: one.open_for },
    }));
}
