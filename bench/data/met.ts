import { withClient } from "#db/embedded/roles.ts";
import { restingTriggers } from "#db/resting-triggers.ts";

/** An agent in the middle of a working month, whose search has somebody to put first: a hundred sessions, and as many of each of forty colleagues. */
export const busyAgent = { id: "01930000-0000-7000-8000-00000000a000", team: "Bench" };
const colleagues = 40;
const each = 100;

/** Makes their sessions anew, of people by chance and up to now, as the superuser with the triggers resting. */
export const meetPeople = (superuserUrl: string): Promise<void> =>
  withClient(superuserUrl, async (sql) => {
    await sql.query("set session_replication_role = replica");
    await sql.query("begin");
    await restingTriggers(sql, ["staff", "sessions"], async () => {
      await sql.query(
        `insert into staff (id, email, name, team, person_id)
       select ('01930000-0000-7000-8000-00000000a' || lpad(i::text, 3, '0'))::uuid, 'bench' || i || '@alongside.test', 'Bench ' || i, $1, gen_random_uuid()
       from generate_series(0, $2::int) i on conflict do nothing`,
        [busyAgent.team, colleagues],
      );

      await sql.query("delete from sessions");
      await sql.query(
        `insert into sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes, policy_version,
           sign_in_id, started_at, expires_at, last_active_at, ended_at, end_cause, started_entry_id, ended_entry_id)
         select gen_random_uuid(), gen_random_uuid(),
           ('01930000-0000-7000-8000-00000000a' || lpad((n % ($1 + 1))::text, 3, '0'))::uuid,
           s.id, s.account_id, s.product_id, 'read', 30, 1, gen_random_uuid(), at, at + interval '30 minutes', at, at + interval '9 minutes',
           'actor', gen_random_uuid(), gen_random_uuid()
         from (select id, account_id, product_id, row_number() over (order by md5(id::text)) as n from subjects) s,
           lateral (select now() - n * interval '20 days' / ($2 * ($1 + 1)) as at) t
         where n <= $2 * ($1 + 1)`,
        [colleagues, each],
      );
    });
    await sql.query("commit");
    await sql.query("vacuum analyze sessions, staff");
  });
