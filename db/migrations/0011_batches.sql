-- What was looked up for each row is looked up for all rows of a statement: a batch of actions is one statement with its
-- entries. Nothing is asked less. What a transaction may still bring, an entry its payload and an action its entry, is
-- owed from the end of the statement on, and has to be there at the commit as before.

CREATE TABLE owed (
  what text NOT NULL,
  session_id uuid,
  id uuid NOT NULL,
  CONSTRAINT owed_once UNIQUE NULLS NOT DISTINCT (what, session_id, id)
);
--> statement-breakpoint
REVOKE ALL ON owed FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION owed_paid() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE a actions; s sessions;
BEGIN
  IF NEW.what = 'payload' THEN
    IF NOT EXISTS (SELECT 1 FROM audit_payload WHERE entry_id = NEW.id) THEN
      PERFORM refuse('audit_entry_without_payload', 'An entry needs its payload');
    END IF;
  ELSE
    SELECT * INTO STRICT a FROM actions WHERE session_id = NEW.session_id AND id = NEW.id;
    SELECT * INTO STRICT s FROM sessions WHERE id = a.session_id;
    PERFORM needs_entry(a.entry_id, ARRAY[CASE a.phase WHEN 'attempt' THEN 'action.write' WHEN 'view' THEN 'action.viewed' ELSE 'action.refused' END], NULL, s.id, s.actor_id, s.subject_id);
  END IF;
  DELETE FROM owed WHERE what = NEW.what AND session_id IS NOT DISTINCT FROM NEW.session_id AND id = NEW.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER owed_paid AFTER INSERT ON owed DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION owed_paid();
--> statement-breakpoint
ALTER TABLE owed ENABLE ALWAYS TRIGGER owed_paid;
--> statement-breakpoint

-- ---------- what every question about a session asks ----------
-- As views, which a query reads like its own tables; to call the functions costs more than all the rest of it.
CREATE VIEW roles_held AS
  SELECT r.staff_id, r.role, r.granted_at FROM staff s JOIN staff_roles r ON r.staff_id = s.id
  WHERE s.status = 'active' AND r.revoked_at IS NULL;
--> statement-breakpoint
REVOKE ALL ON roles_held FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON subject_standing, roles_held TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION holds_role(person uuid, wanted text, since timestamptz DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM roles_held
    WHERE staff_id = person AND role = wanted AND (since IS NULL OR granted_at <= since))
$$;
--> statement-breakpoint

-- In the functions below each row is looked up by a subquery of its own, and never by a walk through the table: a plan
-- that is kept from when the table was small must serve when it is large.

-- ---------- audit ----------
CREATE FUNCTION audit_entries_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO audit_pending (entry_id) SELECT id FROM added;
  INSERT INTO owed (what, id) SELECT 'payload', a.id FROM added a
    WHERE (SELECT p.entry_id FROM audit_payload p WHERE p.entry_id = a.id) IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_payloads_added() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added a
      WHERE (SELECT e.xact FROM audit_entry e WHERE e.id = a.entry_id) IS DISTINCT FROM pg_current_xact_id()::text) THEN
    PERFORM refuse('audit_payload_without_entry', 'audit_payload is written in the transaction of its entry');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION audit_indexes_added() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added a
      WHERE (SELECT e.occurred_at FROM audit_entry e WHERE e.id = a.entry_id AND e.xact = pg_current_xact_id()::text)
        IS DISTINCT FROM a.occurred_at) THEN
    PERFORM refuse('audit_index_without_entry', 'audit_index is written in the transaction of its entry, with its time');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER audit_queue ON audit_entry;
--> statement-breakpoint
DROP TRIGGER audit_has_payload ON audit_entry;
--> statement-breakpoint
DROP FUNCTION audit_queue(), audit_has_payload();
--> statement-breakpoint
CREATE TRIGGER entries_added AFTER INSERT ON audit_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_added();
--> statement-breakpoint
DROP TRIGGER audit_with_entry ON audit_payload;
--> statement-breakpoint
CREATE TRIGGER with_entry AFTER INSERT ON audit_payload REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION audit_payloads_added();
--> statement-breakpoint
-- Sets the time where none was said, or one that cannot be the entry's; any other is compared with the entry's.
DROP TRIGGER audit_with_entry ON audit_index;
--> statement-breakpoint
CREATE TRIGGER audit_with_entry BEFORE INSERT ON audit_index FOR EACH ROW
  WHEN (NEW.occurred_at IS NULL OR NEW.occurred_at <= transaction_timestamp() OR NEW.occurred_at > clock_timestamp())
  EXECUTE FUNCTION audit_with_entry();
--> statement-breakpoint
CREATE TRIGGER with_entry AFTER INSERT ON audit_index REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION audit_indexes_added();
--> statement-breakpoint

-- ---------- actions ----------
CREATE FUNCTION actions_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
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
        WHEN s.scope <> 'write' THEN 'action_scope'
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
--> statement-breakpoint
DROP TRIGGER guard_insert ON actions;
--> statement-breakpoint
DROP FUNCTION actions_insert();
--> statement-breakpoint
CREATE TRIGGER guard_insert AFTER INSERT ON actions REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION actions_added();
--> statement-breakpoint
CREATE OR REPLACE FUNCTION actions_entries() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE s sessions;
BEGIN
  SELECT * INTO STRICT s FROM sessions WHERE id = NEW.session_id;
  PERFORM needs_entry(NEW.done_entry_id, ARRAY['action.done'], NULL, s.id, s.actor_id, s.subject_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER entries ON actions;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON actions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.done_entry_id IS DISTINCT FROM OLD.done_entry_id) EXECUTE FUNCTION actions_entries();
--> statement-breakpoint
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER entries_added;
--> statement-breakpoint
ALTER TABLE audit_payload ENABLE ALWAYS TRIGGER with_entry;
--> statement-breakpoint
ALTER TABLE audit_index ENABLE ALWAYS TRIGGER audit_with_entry, ENABLE ALWAYS TRIGGER with_entry;
--> statement-breakpoint
ALTER TABLE actions ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER entries;
--> statement-breakpoint

-- New actions of several sessions with their entries, as the products' reports tell them: one statement for all. Holds the
-- sessions and then looks whether they live. One that somebody else holds, as an end does, is left out, so that nobody
-- waits for another's; and so is an action that is on record already. Gives the entries that were not written, for those.
-- It may do what its caller may: the guards are the triggers.
CREATE FUNCTION record_actions(reported json, session_ids uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY
  WITH told AS MATERIALIZED (
    SELECT t.* FROM json_to_recordset(reported) AS t(id uuid, session_id uuid, entry_id uuid, seq integer, phase text,
      effect text, method text, route text, resource text, kinds text[], changes jsonb, refusal text, status integer,
      happened_at timestamptz, event text, salt text, body text)),
  held AS MATERIALIZED (
    SELECT s.id, s.account_id, s.actor_id, s.subject_id, s.request_id, s.started_at, r.ticket, r.reason_category
    FROM sessions s JOIN requests r ON r.id = s.request_id
    WHERE s.id = ANY (session_ids) AND s.ended_at IS NULL
      AND least(s.expires_at, s.last_active_at + make_interval(mins => s.idle_minutes)) > clock_timestamp()
    ORDER BY s.id FOR SHARE OF s SKIP LOCKED),
  -- LIMIT keeps the planner from expecting few rows, of which it would compare each with each.
  given AS MATERIALIZED (
    SELECT t.*, h.account_id, h.actor_id, h.subject_id, h.request_id, h.started_at, h.ticket, h.reason_category
    FROM told t CROSS JOIN LATERAL (SELECT * FROM held WHERE held.id = t.session_id LIMIT 1) h),
  action AS (
    INSERT INTO actions AS a (id, session_id, seq, phase, effect, method, route, resource, kinds, changes, refusal, status,
      happened_at, entry_id)
    SELECT g.id, g.session_id, g.seq, g.phase, g.effect, g.method, g.route, g.resource, coalesce(g.kinds, '{}'), g.changes,
      -- A product's clock is its own word: nothing is shown as done before the session began, or later than it was told.
      g.refusal, g.status, least(greatest(g.happened_at, g.started_at), clock_timestamp()), g.entry_id
    FROM given g
    ON CONFLICT (session_id, id) DO NOTHING RETURNING a.entry_id),
  fresh AS MATERIALIZED (SELECT g.* FROM action a JOIN given g ON g.entry_id = a.entry_id),
  entry AS (
    INSERT INTO audit_entry AS e (id, event, account_id, actor_id, subject_id, session_id, request_id)
    SELECT f.entry_id, f.event, f.account_id, f.actor_id, f.subject_id, f.session_id, f.request_id FROM fresh f
    RETURNING e.id, e.occurred_at),
  payload AS (
    INSERT INTO audit_payload (entry_id, salt, body) SELECT f.entry_id, decode(f.salt, 'hex'), f.body FROM fresh f),
  index AS (
    INSERT INTO audit_index (entry_id, occurred_at, resource, ticket, reason_category, effect, is_write)
    SELECT e.id, e.occurred_at, f.resource, f.ticket, f.reason_category, f.effect, f.phase = 'attempt'
    FROM entry e JOIN fresh f ON f.entry_id = e.id)
  SELECT t.entry_id FROM told t WHERE t.entry_id NOT IN (SELECT f.entry_id FROM fresh f);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION record_actions(json, uuid[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION record_actions(json, uuid[]) TO :runtime:;
