CREATE TABLE "usage_accounts" (
	"quarter" date NOT NULL,
	"actor_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "usage_accounts_pkey" PRIMARY KEY("quarter","actor_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "usage_approvals" (
	"day" date NOT NULL,
	"approver_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"approved" integer NOT NULL,
	"denied" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"quick" integer NOT NULL,
	CONSTRAINT "usage_approvals_pkey" PRIMARY KEY("day","approver_id","actor_id")
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"actor_id" uuid NOT NULL,
	"day" date NOT NULL,
	"tier" text NOT NULL,
	"scope" text NOT NULL,
	"sessions" integer NOT NULL,
	"sensitive" integer NOT NULL,
	"outside" integer NOT NULL,
	"ended" integer NOT NULL,
	"wrote" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"reads" integer NOT NULL,
	"writes" integer NOT NULL,
	"configuration" integer NOT NULL,
	"messages" integer NOT NULL,
	"exports" integer NOT NULL,
	"refusals" integer NOT NULL,
	CONSTRAINT "usage_days_pkey" PRIMARY KEY("actor_id","day","tier","scope")
);
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"day" date NOT NULL,
	"weekday" integer NOT NULL,
	"hour" integer NOT NULL,
	"sessions" integer NOT NULL,
	"outside" integer NOT NULL,
	CONSTRAINT "usage_hours_pkey" PRIMARY KEY("day","weekday","hour")
);
--> statement-breakpoint
CREATE TABLE "usage_pairs" (
	"quarter" date NOT NULL,
	"approver_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"approved" integer NOT NULL,
	"denied" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"quick" integer NOT NULL,
	CONSTRAINT "usage_pairs_pkey" PRIMARY KEY("quarter","approver_id","actor_id")
);
--> statement-breakpoint
CREATE TABLE "usage_quarters" (
	"quarter" date NOT NULL,
	"actor_id" uuid NOT NULL,
	"accounts" integer NOT NULL,
	"acting" integer NOT NULL,
	"sessions" integer NOT NULL,
	"sensitive" integer NOT NULL,
	"outside" integer NOT NULL,
	"ended" integer NOT NULL,
	"wrote" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"reads" integer NOT NULL,
	"writes" integer NOT NULL,
	"configuration" integer NOT NULL,
	"messages" integer NOT NULL,
	"exports" integer NOT NULL,
	"refusals" integer NOT NULL,
	CONSTRAINT "usage_quarters_pkey" PRIMARY KEY("quarter","actor_id")
);
--> statement-breakpoint
CREATE TABLE "usage_refusals" (
	"actor_id" uuid,
	"day" date NOT NULL,
	"event" text NOT NULL,
	"refusals" integer NOT NULL,
	CONSTRAINT "usage_refusals_once" UNIQUE NULLS NOT DISTINCT("actor_id","day","event")
);
--> statement-breakpoint
CREATE TABLE "usage_totals" (
	"day" date NOT NULL,
	"tier" text NOT NULL,
	"scope" text NOT NULL,
	"sessions" integer NOT NULL,
	"sensitive" integer NOT NULL,
	"outside" integer NOT NULL,
	"ended" integer NOT NULL,
	"wrote" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"reads" integer NOT NULL,
	"writes" integer NOT NULL,
	"configuration" integer NOT NULL,
	"messages" integer NOT NULL,
	"exports" integer NOT NULL,
	"refusals" integer NOT NULL,
	CONSTRAINT "usage_totals_pkey" PRIMARY KEY("day","tier","scope")
);
--> statement-breakpoint
CREATE TABLE "usage_zone" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"zone" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_zone_one" CHECK ("usage_zone"."one")
);
--> statement-breakpoint
CREATE INDEX "usage_approvals_by" ON "usage_approvals" USING btree ("approver_id","day");--> statement-breakpoint
CREATE INDEX "usage_approvals_of" ON "usage_approvals" USING btree ("actor_id","day");--> statement-breakpoint
CREATE INDEX "usage_refusals_day" ON "usage_refusals" USING btree ("day");--> statement-breakpoint
CREATE INDEX "staff_team" ON "staff" USING btree ("team");--> statement-breakpoint

-- Figures are written by `roll_up` alone, which reads the log on with them: a bug in the panel cannot make them say
-- something else than the entries.
GRANT SELECT ON usage_accounts, usage_approvals, usage_days, usage_hours, usage_pairs, usage_quarters, usage_refusals, usage_totals, usage_zone TO :runtime:;
--> statement-breakpoint
-- A zone that this server does not know keeps nobody's figures back.
CREATE FUNCTION known_zone(zone text) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM now() AT TIME ZONE zone;
  RETURN zone;
EXCEPTION WHEN invalid_parameter_value THEN
  RETURN 'UTC';
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION known_zone(text) FROM PUBLIC;
--> statement-breakpoint
-- How many refusals an entry tells of: those of a minute are one. Whatever else its payload holds is one.
CREATE FUNCTION refusals_told(body text) RETURNS integer LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN greatest(1, least(coalesce((body::json ->> 'count')::integer, 1), 1000000));
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
  RETURN 1;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION refusals_told(text) FROM PUBLIC;
--> statement-breakpoint
-- Where the company's days begin. Another zone has other days: all is counted anew.
CREATE FUNCTION usage_days_begin() RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  wanted text := known_zone(coalesce((SELECT body ->> 'zone' FROM policy_versions ORDER BY version DESC LIMIT 1), 'UTC'));
BEGIN
  IF wanted IS DISTINCT FROM (SELECT zone FROM usage_zone) THEN
    TRUNCATE usage_accounts, usage_approvals, usage_days, usage_hours, usage_pairs, usage_quarters, usage_refusals, usage_totals, usage_zone;
    DELETE FROM entry_readers WHERE name = 'usage';
    INSERT INTO usage_zone (zone, since) VALUES (wanted, clock_timestamp());
  END IF;
  RETURN wanted;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION usage_days_begin() FROM PUBLIC;
--> statement-breakpoint
-- Counts the next entries, at most so many; gives how many there were. What was done in a session counts for the day on
-- which it began, in the company's zone, by its frozen scope and tier; its hour is that of its actor's own day, and what is
-- outside of working hours is said by the policy under which it began. One at a time: who finds another at work leaves it
-- the rest.
CREATE FUNCTION roll_up(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET jit = off SET work_mem = '64MB' AS $$
DECLARE
  here text;
  n integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('usage', 0)) THEN
    RETURN 0;
  END IF;
  here := usage_days_begin();
  -- A statement of its own, so that the next one sees whatever the entries are about.
  PERFORM look_on('usage');
  WITH batch AS MATERIALIZED (
    SELECT id, occurred_at, event, actor_id, session_id, request_id FROM read_entries('usage', most)),
  told AS MATERIALIZED (
    SELECT session_id,
      count(*) FILTER (WHERE event = 'session.started') AS sessions,
      count(*) FILTER (WHERE event = 'session.ended') AS ended,
      count(*) FILTER (WHERE event = 'action.viewed') AS reads,
      count(*) FILTER (WHERE event = 'action.write') AS writes,
      count(*) FILTER (WHERE event = 'action.refused') AS refusals
    FROM batch
    WHERE session_id IS NOT NULL
      AND event IN ('session.started', 'session.ended', 'action.viewed', 'action.write', 'action.refused')
    GROUP BY session_id),
  effects AS MATERIALIZED (
    SELECT b.session_id,
      count(*) FILTER (WHERE i.effect = 'configuration') AS configuration,
      count(*) FILTER (WHERE i.effect = 'message') AS messages,
      count(*) FILTER (WHERE i.effect = 'export') AS exports
    FROM batch b CROSS JOIN LATERAL (SELECT effect FROM audit_index WHERE entry_id = b.id OFFSET 0) i
    WHERE b.event = 'action.write' AND b.session_id IS NOT NULL GROUP BY b.session_id),
  rules AS MATERIALIZED (
    SELECT version,
      coalesce((body #>> '{workingHours,from}')::integer, 7) AS work_from,
      coalesce((body #>> '{workingHours,to}')::integer, 19) AS work_to,
      CASE WHEN body #> '{workingHours,days}' IS NULL THEN ARRAY[1, 2, 3, 4, 5]
        ELSE ARRAY(SELECT jsonb_array_elements_text(body #> '{workingHours,days}')::integer) END AS work_days,
      coalesce((body #>> '{findings,quickSeconds}')::integer, 10) AS quick_seconds
    FROM policy_versions),
  sessions_told AS MATERIALIZED (
    SELECT t.*, s.actor_id, s.account_id, s.scope, s.started_at, r.sensitive, s.policy_version, p.zone,
      CASE WHEN 'regulated' = ANY (r.sensitive_because) THEN 'regulated'
        WHEN 'enterprise' = ANY (r.sensitive_because) THEN 'enterprise' ELSE 'standard' END AS tier,
      CASE WHEN t.ended > 0 THEN coalesce(floor(extract(epoch FROM s.ended_at - s.started_at))::bigint, 0) ELSE 0 END AS seconds,
      t.ended > 0 AND EXISTS (SELECT FROM actions a WHERE a.session_id = s.id AND a.phase = 'attempt') AS wrote
    FROM told t
    CROSS JOIN LATERAL (SELECT * FROM sessions WHERE id = t.session_id OFFSET 0) s
    CROSS JOIN LATERAL (SELECT sensitive, sensitive_because FROM requests WHERE id = s.request_id OFFSET 0) r
    CROSS JOIN LATERAL (SELECT zone FROM staff WHERE id = s.actor_id OFFSET 0) p),
  zones AS MATERIALIZED (
    SELECT zone, known_zone(zone) AS known FROM (SELECT DISTINCT zone FROM sessions_told) z),
  facts AS MATERIALIZED (
    SELECT (s.started_at AT TIME ZONE here)::date AS day, s.actor_id, s.account_id, s.scope, s.tier,
      extract(isodow FROM local)::integer AS weekday, extract(hour FROM local)::integer AS hour,
      s.sessions, CASE WHEN s.sensitive THEN s.sessions ELSE 0 END AS sensitive,
      CASE WHEN extract(isodow FROM local)::integer = ANY (rules.work_days)
        AND extract(hour FROM local)::integer >= rules.work_from AND extract(hour FROM local)::integer < rules.work_to
        THEN 0 ELSE s.sessions END AS outside,
      s.ended, CASE WHEN s.wrote THEN s.ended ELSE 0 END AS wrote, s.seconds * s.ended AS seconds, s.reads, s.writes,
      coalesce(e.configuration, 0) AS configuration, coalesce(e.messages, 0) AS messages, coalesce(e.exports, 0) AS exports, s.refusals
    FROM sessions_told s
    JOIN zones z ON z.zone = s.zone
    JOIN rules ON rules.version = s.policy_version
    CROSS JOIN LATERAL (SELECT s.started_at AT TIME ZONE z.known AS local) l
    LEFT JOIN effects e ON e.session_id = s.session_id),
  days AS (
    INSERT INTO usage_days AS u (actor_id, day, tier, scope, sessions, sensitive, outside, ended, wrote, seconds, reads, writes,
      configuration, messages, exports, refusals)
    SELECT actor_id, day, tier, scope, sum(sessions), sum(sensitive), sum(outside), sum(ended), sum(wrote), sum(seconds),
      sum(reads), sum(writes), sum(configuration), sum(messages), sum(exports), sum(refusals)
    FROM facts GROUP BY actor_id, day, tier, scope
    ON CONFLICT (actor_id, day, tier, scope) DO UPDATE SET sessions = u.sessions + excluded.sessions,
      sensitive = u.sensitive + excluded.sensitive, outside = u.outside + excluded.outside, ended = u.ended + excluded.ended,
      wrote = u.wrote + excluded.wrote, seconds = u.seconds + excluded.seconds, reads = u.reads + excluded.reads,
      writes = u.writes + excluded.writes, configuration = u.configuration + excluded.configuration,
      messages = u.messages + excluded.messages, exports = u.exports + excluded.exports, refusals = u.refusals + excluded.refusals),
  totals AS (
    INSERT INTO usage_totals AS u (day, tier, scope, sessions, sensitive, outside, ended, wrote, seconds, reads, writes,
      configuration, messages, exports, refusals)
    SELECT day, tier, scope, sum(sessions), sum(sensitive), sum(outside), sum(ended), sum(wrote), sum(seconds),
      sum(reads), sum(writes), sum(configuration), sum(messages), sum(exports), sum(refusals)
    FROM facts GROUP BY day, tier, scope
    ON CONFLICT (day, tier, scope) DO UPDATE SET sessions = u.sessions + excluded.sessions,
      sensitive = u.sensitive + excluded.sensitive, outside = u.outside + excluded.outside, ended = u.ended + excluded.ended,
      wrote = u.wrote + excluded.wrote, seconds = u.seconds + excluded.seconds, reads = u.reads + excluded.reads,
      writes = u.writes + excluded.writes, configuration = u.configuration + excluded.configuration,
      messages = u.messages + excluded.messages, exports = u.exports + excluded.exports, refusals = u.refusals + excluded.refusals),
  hours AS (
    INSERT INTO usage_hours AS u (day, weekday, hour, sessions, outside)
    SELECT day, weekday, hour, sum(sessions), sum(outside) FROM facts WHERE sessions > 0 GROUP BY day, weekday, hour
    ON CONFLICT (day, weekday, hour) DO UPDATE SET sessions = u.sessions + excluded.sessions, outside = u.outside + excluded.outside),
  -- An account counts once for each actor and quarter: what is new here is one more.
  touched AS (
    INSERT INTO usage_accounts (quarter, actor_id, account_id)
    SELECT DISTINCT date_trunc('quarter', day)::date, actor_id, account_id FROM facts WHERE sessions > 0
    ON CONFLICT DO NOTHING RETURNING quarter, actor_id),
  quarters AS (
    INSERT INTO usage_quarters AS u (quarter, actor_id, accounts, acting, sessions, sensitive, outside, ended, wrote, seconds,
      reads, writes, configuration, messages, exports, refusals)
    SELECT quarter, actor_id, sum(accounts), sum(acting), sum(sessions), sum(sensitive), sum(outside), sum(ended), sum(wrote),
      sum(seconds), sum(reads), sum(writes), sum(configuration), sum(messages), sum(exports), sum(refusals)
    FROM (
      SELECT date_trunc('quarter', day)::date AS quarter, actor_id, 0 AS accounts, CASE scope WHEN 'write' THEN sessions ELSE 0 END AS acting,
        sessions, sensitive, outside, ended, wrote, seconds, reads, writes, configuration, messages, exports, refusals FROM facts
      UNION ALL
      SELECT quarter, actor_id, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM touched) f
    GROUP BY quarter, actor_id
    ON CONFLICT (quarter, actor_id) DO UPDATE SET accounts = u.accounts + excluded.accounts, acting = u.acting + excluded.acting,
      sessions = u.sessions + excluded.sessions, sensitive = u.sensitive + excluded.sensitive, outside = u.outside + excluded.outside,
      ended = u.ended + excluded.ended, wrote = u.wrote + excluded.wrote, seconds = u.seconds + excluded.seconds,
      reads = u.reads + excluded.reads, writes = u.writes + excluded.writes, configuration = u.configuration + excluded.configuration,
      messages = u.messages + excluded.messages, exports = u.exports + excluded.exports, refusals = u.refusals + excluded.refusals),
  votes AS MATERIALIZED (
    SELECT (v.created_at AT TIME ZONE here)::date AS day, v.approver_id, r.actor_id, v.vote, rules.quick_seconds,
      floor(extract(epoch FROM v.created_at - r.created_at))::bigint AS seconds
    FROM batch b
    CROSS JOIN LATERAL (SELECT * FROM approvals WHERE request_id = b.request_id AND approver_id = b.actor_id AND entry_id = b.id OFFSET 0) v
    CROSS JOIN LATERAL (SELECT actor_id, created_at FROM requests WHERE id = v.request_id OFFSET 0) r
    JOIN rules ON rules.version = v.policy_version
    WHERE b.event IN ('request.approved', 'request.denied')),
  decided AS (
    INSERT INTO usage_approvals AS u (day, approver_id, actor_id, approved, denied, seconds, quick)
    SELECT day, approver_id, actor_id, count(*) FILTER (WHERE vote = 'approve'), count(*) FILTER (WHERE vote = 'deny'), sum(seconds),
      count(*) FILTER (WHERE vote = 'approve' AND seconds < quick_seconds)
    FROM votes GROUP BY day, approver_id, actor_id
    ON CONFLICT (day, approver_id, actor_id) DO UPDATE SET approved = u.approved + excluded.approved, denied = u.denied + excluded.denied,
      seconds = u.seconds + excluded.seconds, quick = u.quick + excluded.quick),
  paired AS (
    INSERT INTO usage_pairs AS u (quarter, approver_id, actor_id, approved, denied, seconds, quick)
    SELECT date_trunc('quarter', day)::date, approver_id, actor_id, count(*) FILTER (WHERE vote = 'approve'),
      count(*) FILTER (WHERE vote = 'deny'), sum(seconds), count(*) FILTER (WHERE vote = 'approve' AND seconds < quick_seconds)
    FROM votes GROUP BY 1, 2, 3
    ON CONFLICT (quarter, approver_id, actor_id) DO UPDATE SET approved = u.approved + excluded.approved,
      denied = u.denied + excluded.denied, seconds = u.seconds + excluded.seconds, quick = u.quick + excluded.quick),
  refused AS (
    INSERT INTO usage_refusals AS u (actor_id, day, event, refusals)
    SELECT b.actor_id, (b.occurred_at AT TIME ZONE here)::date, b.event, sum(refusals_told(p.body))
    FROM batch b CROSS JOIN LATERAL (SELECT body FROM audit_payload WHERE entry_id = b.id OFFSET 0) p
    WHERE b.event LIKE '%refused' GROUP BY 1, 2, 3
    ON CONFLICT ON CONSTRAINT usage_refusals_once DO UPDATE SET refusals = u.refusals + excluded.refusals)
  SELECT count(*) INTO n FROM batch;
  RETURN n;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION roll_up(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION roll_up(integer) TO :runtime:;
