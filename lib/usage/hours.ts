import { preparedStatement } from "#db/prepared.ts";

/** Sessions that began in an hour of their actors' own week: Monday is 1. */
export type Hour = { weekday: number; hour: number; sessions: number; outside: number };

/** From the first day to the last, of the company's. */
export const hours = preparedStatement<Hour>(
  "usage_hours",
  `select weekday, hour, sum(sessions)::bigint as sessions, sum(outside)::bigint as outside
   from usage_hours where day between $1::date and $2::date group by 1, 2 order by 1, 2`,
);
