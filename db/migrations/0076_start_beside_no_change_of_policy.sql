-- A change of policy is before an ask or a start, or after it, as a stop is: nothing starts by the rules of before once others
-- are in force. They are held before people are, in the order of who changes the policy. And where the actor's own manager
-- decides, a start holds that one too: for a delegate's vote it counts whether who is away is a manager still. Not a vote, which
-- holds its voter already and would wait in a circle with who comes back.
CREATE OR REPLACE FUNCTION hold_still(actor uuid, subject uuid, request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('policy', 0));
  IF request IS NULL THEN
    PERFORM 1 FROM staff WHERE id = actor FOR SHARE;
  ELSE
    PERFORM 1 FROM staff WHERE id = ANY (actor || ARRAY(SELECT approver_id FROM approvals WHERE request_id = request
        UNION ALL SELECT v.approver_id FROM requests r JOIN approvals v ON v.request_id = r.standing_of WHERE r.id = request
        UNION ALL SELECT a.manager_id FROM requests r JOIN staff a ON a.id = r.actor_id WHERE r.id = request AND r.status = 'granted' AND r.requirements @> '[{"by": "own_manager"}]'))
      ORDER BY id FOR SHARE;
  END IF;
  PERFORM 1 FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject FOR SHARE;
  -- SHARE shuts out a stop that is being written, not another decision.
  LOCK TABLE global_stops IN SHARE MODE;
END $$;
