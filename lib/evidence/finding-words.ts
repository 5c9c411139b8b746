import { type SQL, sql } from "drizzle-orm";

/** What the finding `f` said by a time: one that grew since is told in the words that its entries had by then. */
export const explanationBy = (at: SQL): SQL => sql`coalesce((
  select substr(p.body::jsonb ->> 'what', length('F-' || f.number || ' on ' || (p.body::jsonb ->> 'actor') || ': ') + 1)
    from audit_entry e join audit_payload p on p.entry_id = e.id
   where (select changed.occurred_at from audit_entry changed where changed.id = f.changed_entry_id) > ${at}
     and e.event in ('finding.raised', 'finding.grown') and e.occurred_at <= ${at}
     and e.occurred_at >= f.raised_at - interval '1 minute' and p.body::jsonb ->> 'finding' = f.id::text
   order by e.occurred_at desc, e.id desc limit 1), f.explanation)`;
