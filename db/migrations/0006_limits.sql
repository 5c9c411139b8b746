-- ---------- how often ----------
-- UNLOGGED: what is counted here is worth less than a write to the log for every question that is asked. After a crash
-- of the database every bucket is full again.
CREATE UNLOGGED TABLE rate_limits (
  key text PRIMARY KEY,
  full_at timestamptz NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
-- Takes up to `wanted` permits out of the bucket `who`, which holds `most` and fills evenly within `per`. Gives how many
-- were taken and, where none was, after how many milliseconds there will be one. A refusal costs nothing. `wanted` 0 asks.
CREATE FUNCTION take_permits(who text, wanted integer, most integer, per interval, OUT taken integer, OUT retry_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE full_ timestamptz; now_ timestamptz; step numeric := extract(epoch FROM per) / most; room numeric;
BEGIN
  INSERT INTO rate_limits AS r (key, full_at) VALUES (who, '-infinity')
    ON CONFLICT (key) DO UPDATE SET key = EXCLUDED.key RETURNING r.full_at INTO full_;
  -- Read only now: we may have waited for the row.
  now_ := clock_timestamp();
  full_ := greatest(full_, now_);
  room := extract(epoch FROM per) - extract(epoch FROM full_ - now_);
  taken := greatest(0, least(wanted, floor(room / step)::integer));
  retry_ms := CASE WHEN room >= step THEN 0 ELSE ceil((step - room) * 1000) END;
  IF taken > 0 THEN
    UPDATE rate_limits SET full_at = full_ + make_interval(secs => taken * step) WHERE key = who;
  END IF;
END $$;
--> statement-breakpoint
-- The last search of a person, for as long as what they type may belong to it.
CREATE UNLOGGED TABLE last_searches (
  staff_id uuid PRIMARY KEY,
  longest text NOT NULL,
  answers integer NOT NULL,
  last_at timestamptz NOT NULL
) WITH (fillfactor = 50);
--> statement-breakpoint
-- Whether `typed` goes on with this person's last search: the same text, a beginning of its longest one or a longer one,
-- within `pause`, for at most `most` answers. Where it does not, it takes a permit out of each of two buckets and begins
-- a new search. Gives after how many milliseconds it may be asked again; 0: it may be answered.
CREATE FUNCTION count_search(who uuid, typed text, pause interval, most integer,
  often integer, often_per interval, daily integer, OUT retry_ms bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE last last_searches; a record; b record;
BEGIN
  INSERT INTO last_searches AS s (staff_id, longest, answers, last_at) VALUES (who, '', 0, '-infinity')
    ON CONFLICT (staff_id) DO UPDATE SET staff_id = EXCLUDED.staff_id RETURNING s.* INTO last;
  retry_ms := 0;
  IF last.answers BETWEEN 1 AND most - 1 AND clock_timestamp() < last.last_at + pause
    AND (starts_with(last.longest, typed) OR starts_with(typed, last.longest)) THEN
    UPDATE last_searches SET answers = last.answers + 1, last_at = clock_timestamp(),
      longest = CASE WHEN length(typed) > length(last.longest) THEN typed ELSE last.longest END WHERE staff_id = who;
    RETURN;
  END IF;
  a := take_permits('search:' || who, 0, often, often_per);
  b := take_permits('search-day:' || who, 0, daily, interval '1 day');
  retry_ms := greatest(a.retry_ms, b.retry_ms);
  IF retry_ms > 0 THEN
    RETURN;
  END IF;
  PERFORM take_permits('search:' || who, 1, often, often_per), take_permits('search-day:' || who, 1, daily, interval '1 day');
  UPDATE last_searches SET longest = typed, answers = 1, last_at = clock_timestamp() WHERE staff_id = who;
END $$;
--> statement-breakpoint
-- Forgets what counts no more. A walk through the whole table, on purpose: an index on the time would make every
-- permit rewrite it.
CREATE FUNCTION sweep_limits() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  DELETE FROM rate_limits WHERE key IN (
    SELECT key FROM rate_limits WHERE full_at < clock_timestamp() FOR UPDATE SKIP LOCKED);
  DELETE FROM last_searches WHERE staff_id IN (
    SELECT staff_id FROM last_searches WHERE last_at < clock_timestamp() - interval '10 minutes' FOR UPDATE SKIP LOCKED);
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION take_permits(text, integer, integer, interval), sweep_limits(),
  count_search(uuid, text, interval, integer, integer, interval, integer) FROM PUBLIC;
--> statement-breakpoint
-- The functions only: who runs the panel can use a bucket up, but not look into another's search.
GRANT EXECUTE ON FUNCTION take_permits(text, integer, integer, interval), sweep_limits(),
  count_search(uuid, text, interval, integer, integer, interval, integer) TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON rate_limits, last_searches FROM PUBLIC;
--> statement-breakpoint

-- Refusals by limit of somebody who is known are counted too, under their name.
ALTER TABLE counted_refusals ADD COLUMN actor_id uuid;
--> statement-breakpoint
DROP INDEX counted_refusals_minute;
--> statement-breakpoint
ALTER TABLE counted_refusals ADD CONSTRAINT counted_refusals_minute UNIQUE NULLS NOT DISTINCT (minute, event, source, code, actor_id);
--> statement-breakpoint

-- ---------- how many people ----------
-- What the policy in force allows: how many people one actor may stand in for within an hour and within a day.
CREATE FUNCTION breadth_limit(which text) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT (body -> 'breadth' ->> which)::integer FROM policy_versions ORDER BY version DESC LIMIT 1),
    CASE which WHEN 'hour' THEN 20 ELSE 120 END)
$$;
--> statement-breakpoint
-- A manager lets one actor stand in for more people than the policy allows, until `ends_at`, a day after.
CREATE TABLE breadth_lifts (
  id uuid PRIMARY KEY,
  actor_id uuid NOT NULL,
  lifted_by uuid NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  ends_at timestamptz NOT NULL DEFAULT now(),
  entry_id uuid NOT NULL,
  CONSTRAINT breadth_lifts_actor FOREIGN KEY (actor_id) REFERENCES staff (id),
  CONSTRAINT breadth_lifts_lifted_by FOREIGN KEY (lifted_by) REFERENCES staff (id),
  CONSTRAINT breadth_lifts_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT breadth_lifts_own_entry UNIQUE (entry_id),
  CONSTRAINT breadth_lifts_another_person CHECK (lifted_by <> actor_id),
  CONSTRAINT breadth_lifts_reason_length CHECK (char_length(reason) BETWEEN 10 AND 500),
  CONSTRAINT breadth_lifts_one_day CHECK (ends_at = created_at + interval '24 hours')
);
--> statement-breakpoint
CREATE INDEX breadth_lifts_of ON breadth_lifts (actor_id, ends_at);
--> statement-breakpoint
CREATE INDEX breadth_lifts_live ON breadth_lifts (ends_at);
--> statement-breakpoint
-- Starts of one actor, one after the other: two at once would both be the last that is allowed.
CREATE FUNCTION hold_breadth(actor uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('breadth ' || actor, 0))
$$;
--> statement-breakpoint
-- Whom an actor stood in for lately, each person once; it serves the trigger, the verb and the pages.
CREATE FUNCTION breadth_of(actor uuid, OUT hour integer, OUT day integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT count(DISTINCT subject_id) FILTER (WHERE started_at > clock_timestamp() - interval '1 hour')::integer,
    count(DISTINCT subject_id)::integer
  FROM sessions WHERE actor_id = actor AND started_at > clock_timestamp() - interval '24 hours'
$$;
--> statement-breakpoint
CREATE FUNCTION sessions_breadth() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz; known timestamptz; n record;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM hold_breadth(NEW.actor_id);
  now_ := clock_timestamp();
  IF EXISTS (SELECT 1 FROM breadth_lifts WHERE actor_id = NEW.actor_id AND ends_at > now_) THEN
    RETURN NEW;
  END IF;
  SELECT max(started_at) INTO known FROM sessions
    WHERE actor_id = NEW.actor_id AND subject_id = NEW.subject_id AND started_at > now_ - interval '24 hours';
  n := breadth_of(NEW.actor_id);
  IF (known IS NULL OR known <= now_ - interval '1 hour') AND n.hour >= breadth_limit('hour') THEN
    PERFORM refuse('session_breadth', 'This actor stood in for as many people within an hour as the policy allows');
  END IF;
  IF known IS NULL AND n.day >= breadth_limit('day') THEN
    PERFORM refuse('session_breadth', 'This actor stood in for as many people within a day as the policy allows');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_breadth BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION sessions_breadth();
--> statement-breakpoint
ALTER TABLE sessions ENABLE ALWAYS TRIGGER guard_breadth;
--> statement-breakpoint
-- The times are ours; who lifts must be who could vote on a request of this actor.
CREATE FUNCTION breadth_lifts_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id IN (NEW.actor_id, NEW.lifted_by) ORDER BY id FOR SHARE;
  NEW.created_at := clock_timestamp();
  NEW.ends_at := NEW.created_at + interval '24 hours';
  IF NEW.lifted_by = NEW.actor_id THEN
    PERFORM refuse('lift_own', 'Nobody lifts their own limit');
  END IF;
  IF NOT holds_role(NEW.lifted_by, 'manager') THEN
    PERFORM refuse('lift_without_role', 'Only an active manager lifts a limit');
  END IF;
  IF reports_to(NEW.lifted_by, NEW.actor_id) THEN
    PERFORM refuse('lift_reports_to_actor', 'Nobody lifts the limit of who they report to');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('lift_actor_role', 'Only an active agent has a limit to lift');
  END IF;
  IF EXISTS (SELECT 1 FROM breadth_lifts WHERE actor_id = NEW.actor_id AND ends_at > NEW.created_at) THEN
    PERFORM refuse('lift_lifted', 'The limit is lifted already');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION breadth_lifts_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['breadth.lifted'], NULL, NULL, NEW.lifted_by, NULL);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON breadth_lifts FOR EACH ROW EXECUTE FUNCTION breadth_lifts_insert();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON breadth_lifts DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION breadth_lifts_entries();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON breadth_lifts FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON breadth_lifts FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE breadth_lifts ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER entries,
  ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER append_only_all;
--> statement-breakpoint
REVOKE ALL ON breadth_lifts FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON breadth_lifts TO :runtime:;
--> statement-breakpoint

ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_event_known,
  ADD CONSTRAINT audit_entry_event_known CHECK (event IN (
  'sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened',
  'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied',
  'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused',
  'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused',
  'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored',
  'stop.started', 'stop.lifted', 'client.refused', 'staff.added', 'staff.changed', 'role.granted', 'role.revoked',
  'settings.refused', 'directory.sync_begun', 'directory.sync_finished', 'directory.sync_abandoned', 'product.added',
  'product.changed', 'sign_in.end_refused', 'identity.bound', 'identity.released', 'limit.refused', 'breadth.warned',
  'breadth.lifted', 'breadth.lift_refused'));
