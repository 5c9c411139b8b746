-- What waits to be looked at is counted on every page: by indexes of what waits alone, which stay small however much was
-- looked at. On a full table they are built while others read it; the old one goes last, and at once.
CREATE INDEX "session_reviews_due_waits" ON "session_reviews_due" USING gin ("asked") WHERE "session_reviews_due"."reviewed_at" is null;
--> statement-breakpoint
CREATE INDEX "session_reviews_due_unasked" ON "session_reviews_due" USING btree ("since","session_id") WHERE "session_reviews_due"."reviewed_at" is null and "session_reviews_due"."asked" = '{}';
--> statement-breakpoint
-- As before; whether anybody could have approved ends at the first who could.
CREATE OR REPLACE FUNCTION session_review_refusal(reviewer uuid, session uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions; r requests; why text;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE id = session;
  SELECT * INTO STRICT r FROM requests WHERE id = s.request_id;
  why := review_conflict(reviewer, s.actor_id);
  IF why IS NOT NULL THEN
    RETURN why;
  END IF;
  IF could_have_approved(reviewer, r) THEN
    NULL;
  ELSIF NOT r.break_glass AND EXISTS (SELECT 1 FROM approvals v JOIN staff p ON p.id = v.approver_id
      WHERE v.request_id = coalesce(r.standing_of, r.id) AND v.vote = 'approve' AND v.approver_id = reviewer AND p.status = 'active') THEN
    NULL;
  ELSIF holds_role(reviewer, 'manager') AND NOT EXISTS (SELECT 1 FROM roles_held h
      WHERE h.role IN ('manager', 'compliance') AND could_have_approved(h.staff_id, r)) THEN
    -- They all left: who came after them may, or nobody ever could.
    NULL;
  ELSE
    RETURN 'session_review_not_reviewer';
  END IF;
  IF s.ended_at IS NULL THEN
    RETURN 'session_review_live';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP INDEX "session_reviews_due_asked";
