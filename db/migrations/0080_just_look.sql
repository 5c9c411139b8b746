-- From acting to looking: the same session, from now on for looking only. Nothing is started, so that nothing can be started too much.
ALTER TABLE "audit_entry" DROP CONSTRAINT "audit_entry_event_known";
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "narrowed_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "narrowed_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_event_known" CHECK ("audit_entry"."event" in ('sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused', 'staff.added', 'staff.changed', 'role.granted', 'role.revoked', 'settings.refused', 'directory.sync_begun', 'directory.sync_finished', 'directory.sync_abandoned', 'product.added', 'product.changed', 'sign_in.end_refused', 'identity.bound', 'identity.released', 'limit.refused', 'breadth.warned', 'breadth.lifted', 'breadth.lift_refused', 'review.opened', 'review.compared', 'review.assigned', 'review.handed_on', 'review.looked', 'review.sample_opened', 'review.decided', 'review.rushed', 'review.access_tried', 'review.remediated', 'review.task_set', 'review.task_checked', 'review.excepted', 'review.reminded', 'review.closing', 'review.closed', 'review.corrected', 'review.refused', 'figures.read', 'finding.raised', 'finding.grown', 'finding.asked', 'finding.answered', 'finding.disposed', 'finding.refused', 'export.started', 'export.finished', 'export.stopped', 'export.refused', 'pack.made', 'report.made', 'report.names_released', 'exposure.read', 'population.read', 'sample.drawn', 'guest.invited', 'guest.entered', 'guest.read', 'guest.revoked', 'guest.refused', 'request.rang', 'request.no_approver', 'request.opened', 'request.reminded', 'standing.ended', 'standing.refused', 'delegation.given', 'delegation.ended', 'delegation.refused', 'person.linked', 'person.unlinked', 'break_glass.used', 'break_glass.refused', 'session.reviewed', 'session.review_due', 'session.review_refused', 'flag.tightened', 'flag.loosened', 'flag.refused', 'proposal.made', 'proposal.accepted', 'proposal.declined', 'proposal.withdrawn', 'proposal.lapsed', 'proposal.refused', 'policy.changed', 'policy.refused', 'sign_in.renewed', 'staff.invited', 'group.mapped', 'group.unmapped', 'notice.failed', 'notices.changed', 'notices.refused', 'slack.linked', 'slack.unlinked', 'slack.refused', 'link.refused', 'channel.added', 'channel.changed', 'channel.removed', 'session.narrowed', 'session.narrow_refused'));
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_narrowed" CHECK (("sessions"."narrowed_at" is null) = ("sessions"."narrowed_entry_id" is null) and ("sessions"."narrowed_at" is null or "sessions"."scope" = 'write'));
--> statement-breakpoint
GRANT UPDATE (narrowed_at, narrowed_entry_id) ON sessions TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION sessions_update() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz := clock_timestamp();
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    PERFORM refuse('session_ended', 'An ended session is never changed');
  END IF;
  IF to_jsonb(NEW) - ARRAY['last_active_at', 'ended_at', 'end_cause', 'ended_by', 'end_comment', 'ended_entry_id', 'narrowed_at', 'narrowed_entry_id']
    <> to_jsonb(OLD) - ARRAY['last_active_at', 'ended_at', 'end_cause', 'ended_by', 'end_comment', 'ended_entry_id', 'narrowed_at', 'narrowed_entry_id'] THEN
    PERFORM refuse('session_frozen', 'A session is never prolonged or changed, only ended');
  END IF;
  IF (NEW.narrowed_at, NEW.narrowed_entry_id) IS DISTINCT FROM (OLD.narrowed_at, OLD.narrowed_entry_id) THEN
    IF OLD.narrowed_at IS NOT NULL THEN
      PERFORM refuse('session_narrowed_once', 'From looking back to acting is another session');
    END IF;
    IF NEW.ended_at IS NOT NULL THEN
      PERFORM refuse('session_frozen', 'A session is narrowed while it lives');
    END IF;
    NEW.narrowed_at := now_;
  END IF;
  IF NEW.ended_at IS NOT NULL THEN
    NEW.ended_at := least(now_, OLD.expires_at);
    NEW.last_active_at := OLD.last_active_at;
  ELSIF now_ >= least(OLD.expires_at, OLD.last_active_at + make_interval(mins => OLD.idle_minutes)) THEN
    PERFORM refuse('session_over', 'The session is over');
  ELSE
    NEW.last_active_at := greatest(OLD.last_active_at, least(NEW.last_active_at, now_));
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION sessions_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.started_entry_id, ARRAY['session.started'], NEW.request_id, NEW.id, NEW.actor_id, NEW.subject_id);
    IF NEW.narrowed_at IS NOT NULL THEN
      PERFORM refuse('session_starts_live', 'A session starts as what was granted');
    END IF;
    IF NOT EXISTS (SELECT 1 FROM requests WHERE id = NEW.request_id AND status = 'used') THEN
      PERFORM refuse('session_request_not_used_up', 'A session uses its request up');
    END IF;
  ELSIF NEW.ended_entry_id IS DISTINCT FROM OLD.ended_entry_id THEN
    PERFORM needs_entry(NEW.ended_entry_id, ARRAY['session.ended'], NULL, NEW.id, NULL, NEW.subject_id);
  ELSIF NEW.narrowed_entry_id IS DISTINCT FROM OLD.narrowed_entry_id THEN
    PERFORM needs_entry(NEW.narrowed_entry_id, ARRAY['session.narrowed'], NEW.request_id, NEW.id, NEW.actor_id, NEW.subject_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION actions_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
DECLARE broken text;
BEGIN
  -- FOR SHARE waits for an end that is under way: the order of entries is the truth. The clock is read after it.
  SELECT rule INTO broken FROM added a
    LEFT JOIN LATERAL (SELECT * FROM sessions WHERE id = a.session_id FOR SHARE) s ON true
    CROSS JOIN LATERAL (SELECT CASE
      WHEN s.id IS NULL THEN 'action_without_session'
      WHEN a.done_at IS NOT NULL THEN 'action_done_later'
      WHEN a.phase = 'attempt' THEN CASE
        WHEN s.ended_at IS NOT NULL
          OR clock_timestamp() >= least(s.expires_at, s.last_active_at + make_interval(mins => s.idle_minutes)) THEN 'action_after_end'
        WHEN s.scope <> 'write' OR s.narrowed_at IS NOT NULL THEN 'action_scope'
        WHEN a.effect = 'credential' THEN 'action_denied'
        WHEN a.effect = 'view' THEN 'action_effect'
      END
      WHEN a.phase = 'view' AND a.effect <> 'view' THEN 'action_effect'
    END AS rule) r
    WHERE rule IS NOT NULL LIMIT 1;
  IF broken IS NOT NULL THEN
    PERFORM refuse(broken, CASE broken
      WHEN 'action_without_session' THEN 'An action needs its session'
      WHEN 'action_done_later' THEN 'What an attempt did is said after it'
      WHEN 'action_after_end' THEN 'The session is over'
      WHEN 'action_scope' THEN 'The session is for looking only'
      WHEN 'action_denied' THEN 'Credentials are never touched while standing in'
      ELSE 'A view is not an attempt, and a write is one before it runs'
    END);
  END IF;
  -- The entry is found by its id and then compared: what is compared must not lead the planner to another index.
  INSERT INTO owed (what, session_id, id) SELECT 'action', a.session_id, a.id FROM added a
    LEFT JOIN LATERAL (SELECT * FROM sessions WHERE id = a.session_id OFFSET 0) s ON true
    WHERE (SELECT (e.session_id, e.actor_id, e.subject_id, e.xact, e.event)
        = (s.id, s.actor_id, s.subject_id, pg_current_xact_id()::text,
          CASE a.phase WHEN 'attempt' THEN 'action.write' WHEN 'view' THEN 'action.viewed' ELSE 'action.refused' END)
      FROM audit_entry e WHERE e.id = a.entry_id) IS NOT TRUE;
  RETURN NULL;
END $$;
