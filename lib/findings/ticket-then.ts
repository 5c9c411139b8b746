/** What a ticket was at a time: the first of what it was before until later than that, else what it is. */
const stays = (ticket: string, at: string) => `not exists (select from ticket_past later
  where later.product_id = ${ticket}.product_id and later.reference = ${ticket}.reference and later.until > ${at})`;

/**
 * Whether an open ticket of the account was assigned to the person of this mail at the time: then it explains that they
 * were there. `recorded` is when that went on record: a ticket that came only after it explains nothing. All four are
 * expressions of SQL.
 */
export const explainedSql = (
  account: string,
  email: string,
  at: string,
  recorded: string,
): string => `(exists (
  select from tickets k where k.account_id = ${account} and k.status = 'open' and k.known_since <= ${recorded}
    and lower(k.assignee_email) = lower(${email}) and ${stays("k", at)})
  or exists (select from ticket_past k join tickets now on now.product_id = k.product_id and now.reference = k.reference
      and now.known_since <= ${recorded}
    where k.account_id = ${account} and k.status = 'open'
    and lower(k.assignee_email) = lower(${email}) and k.until > ${at} and not exists (select from ticket_past sooner
      where sooner.product_id = k.product_id and sooner.reference = k.reference and sooner.until > ${at}
        and sooner.until < k.until)))`;

/**
 * Whether such a ticket was closed less than so many hours before, and was still the person's: then it explains that they
 * look once more. Found by the row of the past in which it was open.
 */
export const justClosedSql = (
  account: string,
  email: string,
  at: string,
  recorded: string,
  hours: string,
): string => `exists (
  select from ticket_past k join tickets now on now.product_id = k.product_id and now.reference = k.reference
      and now.known_since <= ${recorded}
    where k.account_id = ${account} and k.status = 'open' and lower(k.assignee_email) = lower(${email})
    and k.until <= ${at} and k.until > ${at} - make_interval(hours => ${hours})
    and (select t.status = 'closed' and t.account_id = ${account} and lower(t.assignee_email) = lower(${email}) from (
      (select p.status, p.account_id, p.assignee_email from ticket_past p where p.product_id = k.product_id
        and p.reference = k.reference and p.until > ${at} order by p.until limit 1)
      union all
      select now.status, now.account_id, now.assignee_email) t limit 1))`;

/** The named ticket as it was at the time, as JSON; null where nobody knows it. */
export const ticketThenSql = (product: string, reference: string, at: string): string => `(
  select json_build_object('accountId', t.account_id, 'isOpen', t.status = 'open') from (
    (select k.account_id, k.status from ticket_past k where k.product_id = ${product} and k.reference = ${reference}
      and k.until > ${at} order by k.until limit 1)
    union all
    (select k.account_id, k.status from tickets k where k.product_id = ${product} and k.reference = ${reference})) t limit 1)`;
