import { preparedStatement } from "#db/prepared.ts";

/** How many accounts the agents of a team touched. Of teams of less than five nothing is said. */
export type TeamSpread = {
  team: string;
  people: number;
  low: number;
  median: number;
  high: number;
  /** How many people touched how many accounts. */
  dots: { accounts: number; people: number }[];
};
export const leastPeople = 5;
const mostTeams = 12;

/**
 * Who touched how many accounts: from the kept quarter `$3`; in any other period, where that is null, from its sessions,
 * which are the days `$1` to `$2`.
 */
const people = `people as materialized (
  select p.actor_id, p.accounts, s.team, s.name, s.manager_id from (
    select actor_id, accounts from usage_quarters where quarter = $3::date and sessions > 0
    union all
    select actor_id, count(distinct account_id)::integer from sessions
      where $3::date is null
        and started_at >= (select day_begins($1::date, coalesce((select zone from usage_zone), 'UTC')))
        and started_at < (select day_begins($2::date + 1, coalesce((select zone from usage_zone), 'UTC')))
      group by actor_id) p
  join staff s on s.id = p.actor_id),
teams as materialized (
  select team, count(*) as people,
    round(percentile_cont(0.1) within group (order by accounts))::integer as low,
    percentile_disc(0.25) within group (order by accounts) as quarter,
    percentile_disc(0.5) within group (order by accounts) as median,
    percentile_disc(0.75) within group (order by accounts) as three_quarters,
    round(percentile_cont(0.9) within group (order by accounts))::integer as high
  from people group by team having count(*) >= ${leastPeople} order by count(*) desc, team limit ${mostTeams})`;

/** The largest teams. */
export const spread = preparedStatement<TeamSpread>(
  "usage_spread",
  `with ${people}
   select team, people, low, median, high, (
     select json_agg(d) from (
       select accounts, count(*) as people from people p where p.team = t.team group by accounts order by accounts) d) as dots
   from teams t order by people desc, team`,
);

/**
 * Of those teams, who is above the upper quartile by more than one and a half times what lies between the quartiles, and
 * by five accounts at least; the furthest twenty.
 */
export const outliers = preparedStatement<{
  team: string;
  accounts: number;
  staffId: string;
  name: string;
  managerId: string | null;
}>(
  "usage_outliers",
  `with ${people}
   select p.actor_id as "staffId", p.team, p.name, p.accounts, p.manager_id as "managerId" from people p join teams t on t.team = p.team
   where p.accounts > t.three_quarters + greatest(5, 1.5 * (t.three_quarters - t.quarter))
   order by p.accounts - t.three_quarters desc, p.name limit 20`,
);
