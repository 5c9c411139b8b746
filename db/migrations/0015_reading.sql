-- Reads the log on: each entry once for each reader, whatever the order in which transactions commit. A reader is at work in
-- the transaction of its caller: what was made of the entries commits with the place up to which they are read.
--
-- Entries are told apart by their transaction: those below the oldest that is still running are all there. They are found by
-- their time, from a bound below which nothing is left: a transaction that had not begun when a mark was set has no entry
-- from before it (less a minute, should the clock be set back). A mark stays until every transaction that had begun by then
-- is read, and a new one is set.
--
-- What a statement joins with the entries must be as new as they are: `look_on` says in a statement of its own how far the
-- look goes, and what is below is visible to the next one.
CREATE FUNCTION look_on(reader text) RETURNS entry_readers
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r entry_readers;
  now_ timestamptz;
  snapshot pg_snapshot;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('reading_in_old_snapshot', 'The log is read on in read committed');
  END IF;
  INSERT INTO entry_readers (name, since, after_at, after_id)
    VALUES (reader, '-infinity', '-infinity', '00000000-0000-0000-0000-000000000000')
    ON CONFLICT (name) DO NOTHING;
  SELECT * INTO STRICT r FROM entry_readers WHERE name = reader FOR UPDATE;
  IF r.aim IS NOT NULL THEN
    RETURN r;
  END IF;
  -- The clock first: whoever begins after the snapshot begins after it.
  now_ := clock_timestamp();
  snapshot := pg_current_snapshot();
  IF r.begun_below IS NULL OR r.begun_below <= r.seen THEN
    r.since := coalesce(r.looked_at - interval '1 minute', r.since);
    r.looked_at := now_;
    r.begun_below := pg_snapshot_xmax(snapshot)::text::bigint;
  END IF;
  r.since := least(r.since, now_ - interval '1 minute');
  r.aim := pg_snapshot_xmin(snapshot)::text::bigint;
  IF r.aim < r.seen THEN
    PERFORM refuse('reading_another_server', 'The log was read on another server: its transactions are not those of this one');
  END IF;
  r.after_at := r.since;
  r.after_id := '00000000-0000-0000-0000-000000000000';
  UPDATE entry_readers SET aim = r.aim, since = r.since, looked_at = r.looked_at, begun_below = r.begun_below,
    after_at = r.after_at, after_id = r.after_id WHERE name = reader;
  RETURN r;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION look_on(text) FROM PUBLIC;
--> statement-breakpoint
-- The plan must be the walk along the index, however small the table was when it was made.
CREATE FUNCTION read_entries(reader text, most integer) RETURNS SETOF audit_entry
LANGUAGE plpgsql ROWS 20000 SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
  r entry_readers := look_on(reader);
  e audit_entry;
  n integer := 0;
BEGIN
  IF most < 1 THEN
    PERFORM refuse('reading_nothing', 'At least one entry is read');
  END IF;
  FOR e IN SELECT * FROM audit_entry
      WHERE (occurred_at, id) > (r.after_at, r.after_id) AND xact::bigint >= r.seen AND xact::bigint < r.aim
      ORDER BY occurred_at, id LIMIT most LOOP
    n := n + 1;
    RETURN NEXT e;
  END LOOP;
  IF n < most THEN
    UPDATE entry_readers SET seen = aim, aim = NULL WHERE name = reader;
  ELSE
    UPDATE entry_readers SET after_at = e.occurred_at, after_id = e.id WHERE name = reader;
  END IF;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION read_entries(text, integer) FROM PUBLIC;
--> statement-breakpoint
-- For readers of the panel. Call it in a statement of its own, and join in the next. The figures are not read on but with
-- what is made of them (`roll_up`).
CREATE FUNCTION read_on(reader text, most integer) RETURNS SETOF audit_entry
LANGUAGE plpgsql ROWS 20000 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF reader = 'usage' THEN
    PERFORM refuse('reader_is_not_yours', 'The figures are read on with what is made of them');
  END IF;
  RETURN QUERY SELECT * FROM read_entries(reader, most);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION read_on(text, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION read_on(text, integer) TO :runtime:;
--> statement-breakpoint
GRANT SELECT ON entry_readers TO :runtime:;
