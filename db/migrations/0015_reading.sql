-- Reads the log on: each entry once for each reader, whatever the order in which transactions commit. A reader is at work in
-- the transaction of its caller: what was made of the entries commits with the place up to which they are read.
--
-- Entries are told apart by their transaction: those below the oldest that is still running are all there. They are found by
-- their time, from a bound below which nothing is left: a transaction that had not begun at an earlier look has no entry
-- from before that look (less a minute, should the clock be set back).
CREATE FUNCTION read_on(reader text, most integer) RETURNS SETOF audit_entry
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r entry_readers;
  now_ timestamptz;
  snapshot pg_snapshot;
  n integer;
  first constant uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  INSERT INTO entry_readers (name, since, after_at, after_id) VALUES (reader, '-infinity', '-infinity', first)
    ON CONFLICT (name) DO NOTHING;
  SELECT * INTO STRICT r FROM entry_readers WHERE name = reader FOR UPDATE;
  IF r.aim IS NULL THEN
    now_ := clock_timestamp();
    snapshot := pg_current_snapshot();
    IF r.begun_below <= r.seen THEN
      r.since := r.looked_at - interval '1 minute';
    END IF;
    r.aim := pg_snapshot_xmin(snapshot)::text::bigint;
    r.looked_at := now_;
    r.begun_below := pg_snapshot_xmax(snapshot)::text::bigint;
    r.after_at := r.since;
    r.after_id := first;
  END IF;
  RETURN QUERY SELECT e.* FROM audit_entry e
    WHERE (e.occurred_at, e.id) > (r.after_at, r.after_id) AND e.xact::bigint >= r.seen AND e.xact::bigint < r.aim
    ORDER BY e.occurred_at, e.id LIMIT most;
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n < most THEN
    r.seen := r.aim;
    r.aim := NULL;
  ELSE
    SELECT e.occurred_at, e.id INTO STRICT r.after_at, r.after_id FROM audit_entry e
      WHERE (e.occurred_at, e.id) > (r.after_at, r.after_id) AND e.xact::bigint >= r.seen AND e.xact::bigint < r.aim
      ORDER BY e.occurred_at, e.id OFFSET most - 1 LIMIT 1;
  END IF;
  UPDATE entry_readers SET seen = r.seen, aim = r.aim, since = r.since, looked_at = r.looked_at,
    begun_below = r.begun_below, after_at = r.after_at, after_id = r.after_id WHERE name = reader;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION read_on(text, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION read_on(text, integer) TO :runtime:;
--> statement-breakpoint
GRANT SELECT ON entry_readers TO :runtime:;
