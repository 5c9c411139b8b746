-- ---------- where looking for findings begins ----------
-- A panel that is installed beside an old log would raise findings about years of it at once. It begins so many days back
-- (policy, 184: the two quarters that the next reviews are about). Who has read the log before this, or has no old log,
-- begins at its beginning. Decided once, by the schema, and said on the page.
CREATE TABLE "findings_begin" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "findings_begin_one" CHECK ("findings_begin"."one")
);
--> statement-breakpoint
CREATE FUNCTION findings_since() RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE decided timestamptz; days integer; begins timestamptz;
BEGIN
  SELECT b.since INTO decided FROM findings_begin b;
  IF decided IS NOT NULL THEN
    RETURN decided;
  END IF;
  SELECT greatest(coalesce((v.body -> 'findings' ->> 'lookBackDays')::integer, 184), 30) INTO days
    FROM policy_versions v ORDER BY v.version DESC LIMIT 1;
  begins := clock_timestamp() - make_interval(days => coalesce(days, 184));
  IF EXISTS (SELECT FROM entry_readers r WHERE r.name = 'findings')
    OR NOT EXISTS (SELECT FROM audit_entry e WHERE e.occurred_at < begins) THEN
    begins := '-infinity';
  END IF;
  INSERT INTO findings_begin (since) VALUES (begins) ON CONFLICT (one) DO NOTHING;
  SELECT b.since INTO STRICT decided FROM findings_begin b;
  RETURN decided;
END $$;
--> statement-breakpoint

-- ---------- what a detector has still to look at ----------
-- A fault in one detector stops neither the others nor the reading on: what it was to look at is kept here until it has
-- looked, in ever smaller pieces, so that what cannot be looked at is in the end one thing, and is told of.
CREATE TABLE "findings_missed" (
	"id" uuid PRIMARY KEY NOT NULL,
	"detector" text NOT NULL,
	"read" jsonb NOT NULL,
	"missed_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"tries" integer DEFAULT 1 NOT NULL,
	"next_try_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "findings_missed_detector" CHECK ("findings_missed"."detector" in ('many_accounts', 'outside_hours', 'same_subject', 'no_ticket', 'unusual_writes', 'near_to_actor', 'vip', 'same_pair', 'quick_approval', 'refusals', 'dormant', 'beyond_ticket', 'break_glass', 'look_closer')),
	CONSTRAINT "findings_missed_tries" CHECK ("findings_missed"."tries" >= 1)
);
--> statement-breakpoint
CREATE INDEX "findings_missed_due" ON "findings_missed" USING btree ("next_try_at","id") WHERE "findings_missed"."settled_at" is null;--> statement-breakpoint
-- What is settled stays so: it says that, and when, somebody looked after all.
CREATE FUNCTION findings_missed_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL OR NEW.tries < OLD.tries
    OR (to_jsonb(NEW) - ARRAY['tries', 'next_try_at', 'settled_at']) <> (to_jsonb(OLD) - ARRAY['tries', 'next_try_at', 'settled_at']) THEN
    PERFORM refuse('finding_missed_frozen', 'What a detector missed is tried again or settled, and never changes');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON findings_missed FOR EACH ROW EXECUTE FUNCTION findings_missed_update();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON findings_missed FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON findings_missed FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON findings_begin FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON findings_begin FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint

-- ---------- beyond what a ticket explains ----------
ALTER TABLE "findings" DROP CONSTRAINT "findings_detector";--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_detector" CHECK ("findings"."detector" in ('many_accounts', 'outside_hours', 'same_subject', 'no_ticket', 'unusual_writes', 'near_to_actor', 'vip', 'same_pair', 'quick_approval', 'refusals', 'dormant', 'beyond_ticket', 'break_glass', 'look_closer'));--> statement-breakpoint

DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname IN ('findings_begin', 'findings_missed') LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION findings_since(), findings_missed_update() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION findings_since() TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON findings_begin, findings_missed FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON findings_begin, findings_missed TO :runtime:;
--> statement-breakpoint
GRANT INSERT ON findings_missed TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (tries, next_try_at, settled_at) ON findings_missed TO :runtime:;
