import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reader } from "#db/client.ts";
import { lawfulBases, reasonCategories, scopes } from "#lib/vocabulary.ts";
import type { ExportFilter } from "./schemas.ts";

export type Of = Extract<ExportFilter, { kind: "subject" }>;

const day = (text: string, later: number): SQL =>
  sql`(${text}::date + ${later}::integer)::timestamp at time zone 'UTC'`;

/** What of a person's history is asked for, on a column of time; nothing from after the report was begun. */
const within = (column: SQL, { from, to }: Of, at: Date): SQL =>
  sql.join(
    [
      sql`${column} <= ${at.toISOString()}::timestamptz`,
      ...(from ? [sql`${column} >= ${day(from, 0)}`] : []),
      ...(to ? [sql`${column} < ${day(to, 1)}`] : []),
    ],
    sql` and `,
  );

const session = z.object({
  id: z.uuid(),
  place: z.string(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  scope: z.enum(scopes),
  category: z.enum(reasonCategories),
  basis: z.enum(lawfulBases),
  department: z.string(),
  staff: z.string(),
  kinds: z.array(z.string()),
  reads: z.number(),
  changes: z.array(
    z.object({
      at: z.string(),
      effect: z.string(),
      kinds: z.array(z.string()),
      fields: z.array(z.string()),
      done: z.boolean(),
    }),
  ),
});
export type SubjectSession = z.infer<typeof session>;

/**
 * The sessions `s` of the person that lasted into the days that are asked for, with all that was done in them: what came
 * over midnight is told on both sides of it. None lasts longer than 60 minutes, so that the index on the start serves.
 */
const theirs = (of: Of, at: Date): SQL =>
  sql.join(
    [
      sql`s.subject_id = ${of.subject} and ${within(sql`s.started_at`, { ...of, from: undefined }, at)}`,
      ...(of.from
        ? [
            sql`s.started_at >= ${day(of.from, 0)} - interval '60 minutes' and coalesce(s.ended_at, s.expires_at) >= ${day(of.from, 0)}`,
          ]
        : []),
    ],
    sql` and `,
  );

const iso = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/**
 * Each time that somebody stood in for the person, oldest first, read in batches. Department and name are those of then,
 * out of the entry; free text is left out, since it may be about others.
 */
export async function* subjectSessions(
  db: Reader,
  of: Of,
  at: Date,
  batch = 200,
): AsyncGenerator<SubjectSession> {
  for (let after: SubjectSession | undefined; ; ) {
    const next: SQL = after
      ? sql`and (s.started_at, s.id) > (${after.place}::timestamptz, ${after.id}::uuid)`
      : sql``;
    const { rows } = await db.execute(sql`
      select s.id, s.started_at::text as place, ${iso(sql`s.started_at`)} as started_at, ${iso(sql`s.ended_at`)} as ended_at,
        s.scope, r.reason_category as category, r.lawful_basis as basis,
        coalesce(p.body::json ->> 'by_team', f.team) as department, coalesce(p.body::json ->> 'by', f.name) as staff,
        coalesce((select array_agg(distinct k order by k) from actions a, unnest(a.kinds) k
          where a.session_id = s.id and a.phase = 'view'), '{}') as kinds,
        (select count(*)::int from actions a where a.session_id = s.id and a.phase = 'view') as reads,
        coalesce((select json_agg(json_build_object('at', ${iso(sql`a.happened_at`)}, 'effect', a.effect, 'kinds', a.kinds,
            'fields', coalesce((select json_agg(c ->> 'field') from jsonb_array_elements(a.changes) c), '[]'),
            'done', a.done_at is not null and coalesce(a.status, 200) < 400) order by a.happened_at, a.seq)
          from actions a where a.session_id = s.id and a.phase = 'attempt'), '[]') as changes
      from sessions s
        join requests r on r.id = s.request_id
        join staff f on f.id = s.actor_id
        left join audit_payload p on p.entry_id = s.started_entry_id
      where ${theirs(of, at)} ${next}
      order by s.started_at, s.id limit ${batch}`);
    const sessions = z.array(session).parse(rows);
    yield* sessions;
    after = sessions.at(-1);
    if (sessions.length < batch) return;
  }
}

/** How many there are. */
export async function countSubjectSessions(db: Reader, of: Of, at: Date): Promise<number> {
  const { rows } = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from sessions s where ${theirs(of, at)}`,
  );
  return rows[0]?.n ?? 0;
}

const lookUps = z.array(z.object({ day: z.string(), department: z.string(), times: z.number() }));

/** On which days the person's page in the panel was opened, by department; those of then. */
export async function subjectLookUps(db: Reader, of: Of, at: Date) {
  const { rows } = await db.execute(sql`
    select to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      coalesce(p.body::json ->> 'by_team', f.team, 'Not known') as department, count(*)::int as times
    from audit_entry e left join audit_payload p on p.entry_id = e.id left join staff f on f.id = e.actor_id
    where e.subject_id = ${of.subject} and e.event = 'subject.opened' and ${within(sql`e.occurred_at`, of, at)}
    group by 1, 2 order by 1, 2`);
  return lookUps.parse(rows);
}
export type LookUp = z.infer<typeof lookUps>[number];
