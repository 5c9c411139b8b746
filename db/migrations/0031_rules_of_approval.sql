-- Approvals by the rules of the policy: how many votes, by whom. What an ask wants is frozen when it is asked, and every
-- grant and start asks whether votes that still hold meet it.

-- ---------- whom somebody reported to ----------
-- To change somebody's manager is to change who may decide: both, now and when it was asked, are looked at.
CREATE TABLE "staff_managers" (
	"staff_id" uuid NOT NULL,
	"manager_id" uuid,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	CONSTRAINT "staff_managers_staff_id_since_pk" PRIMARY KEY("staff_id","since"),
	CONSTRAINT "staff_managers_until" CHECK ("staff_managers"."until" >= "staff_managers"."since")
);
--> statement-breakpoint
ALTER TABLE "staff_managers" ADD CONSTRAINT "staff_managers_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "staff_managers" ADD CONSTRAINT "staff_managers_manager_id_staff_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "staff_managers_now" ON "staff_managers" USING btree ("staff_id") WHERE "staff_managers"."until" is null;
--> statement-breakpoint
CREATE INDEX "staff_managers_of" ON "staff_managers" USING btree ("manager_id");
--> statement-breakpoint
INSERT INTO staff_managers (staff_id, manager_id, since) SELECT id, manager_id, created_at FROM staff;
--> statement-breakpoint
CREATE FUNCTION staff_manager_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz := CASE TG_OP WHEN 'INSERT' THEN NEW.created_at ELSE clock_timestamp() END;
BEGIN
  UPDATE staff_managers SET until = greatest(since, now_) WHERE staff_id = NEW.id AND until IS NULL;
  INSERT INTO staff_managers (staff_id, manager_id, since) VALUES (NEW.id, NEW.manager_id, now_);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER manager_kept AFTER INSERT ON staff FOR EACH ROW EXECUTE FUNCTION staff_manager_kept();
--> statement-breakpoint
CREATE TRIGGER manager_kept_on AFTER UPDATE ON staff FOR EACH ROW WHEN (OLD.manager_id IS DISTINCT FROM NEW.manager_id) EXECUTE FUNCTION staff_manager_kept();
--> statement-breakpoint
ALTER TABLE staff ENABLE ALWAYS TRIGGER manager_kept, ENABLE ALWAYS TRIGGER manager_kept_on;
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON staff_managers FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON staff_managers FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE staff_managers ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
REVOKE ALL ON staff_managers FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT ON staff_managers TO :runtime:;
--> statement-breakpoint

-- ---------- who decides while somebody is away ----------
CREATE TABLE "delegations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"from_id" uuid NOT NULL,
	"to_id" uuid,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"given_by" uuid NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"given_entry_id" uuid NOT NULL,
	"ended_entry_id" uuid,
	CONSTRAINT "delegations_days" CHECK ("delegations"."ends_at" > "delegations"."starts_at" and "delegations"."ends_at" <= "delegations"."starts_at" + interval '1442 hours'),
	CONSTRAINT "delegations_reason" CHECK (char_length(trim("delegations"."reason")) between 3 and 300),
	CONSTRAINT "delegations_ended" CHECK (("delegations"."ended_at" is null) = ("delegations"."ended_by" is null) and ("delegations"."ended_at" is null) = ("delegations"."ended_entry_id" is null))
);
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_from_id_staff_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_to_id_staff_id_fk" FOREIGN KEY ("to_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_given_by_staff_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_ended_by_staff_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "delegations_from" ON "delegations" USING btree ("from_id","starts_at","id");
--> statement-breakpoint
CREATE INDEX "delegations_to" ON "delegations" USING btree ("to_id","starts_at","id");
--> statement-breakpoint
ALTER TABLE delegations ADD CONSTRAINT delegations_given_entry FOREIGN KEY (given_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT delegations_ended_entry FOREIGN KEY (ended_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX delegations_own_entry ON delegations (given_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX delegations_own_end ON delegations (ended_entry_id);
--> statement-breakpoint
-- Given by who is away, or by an admin, and ended by either or by who decides meanwhile; its people are held as those of a
-- decision are, so that an end is before a grant or after it.
CREATE FUNCTION delegations_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.given_by ELSE NEW.ended_by END;
BEGIN
  PERFORM 1 FROM staff WHERE id IN (NEW.from_id, NEW.to_id, who) ORDER BY id FOR NO KEY UPDATE;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.ended_at IS NOT NULL THEN
      PERFORM refuse('delegation_ended', 'It was ended before');
    END IF;
    IF NEW.ended_at IS NULL OR to_jsonb(NEW) - ARRAY['ended_at', 'ended_by', 'ended_entry_id'] <> to_jsonb(OLD) - ARRAY['ended_at', 'ended_by', 'ended_entry_id'] THEN
      PERFORM refuse('delegation_frozen', 'A delegation is ended and never changed');
    END IF;
    NEW.ended_at := clock_timestamp();
    IF NEW.ended_at >= OLD.ends_at THEN
      PERFORM refuse('delegation_ended', 'It is over already');
    END IF;
    IF who NOT IN (OLD.from_id, OLD.to_id) AND NOT holds_role(who, 'admin') THEN
      PERFORM refuse('delegation_not_yours', 'Who is away ends it, who stands in for them, or an admin');
    END IF;
    RETURN NEW;
  END IF;
  NEW.given_at := clock_timestamp();
  NEW.starts_at := greatest(NEW.starts_at, NEW.given_at);
  IF NEW.ended_at IS NOT NULL THEN
    PERFORM refuse('delegation_starts_open', 'A delegation is given before it is ended');
  END IF;
  IF who <> NEW.from_id AND NOT holds_role(who, 'admin') THEN
    PERFORM refuse('delegation_not_yours', 'Everybody says that they are away themselves, or an admin does');
  END IF;
  IF NOT (holds_role(NEW.from_id, 'manager') OR (NEW.to_id IS NULL AND holds_role(NEW.from_id, 'compliance'))) THEN
    PERFORM refuse('delegation_without_role', 'Only who decides can be away from it');
  END IF;
  IF NEW.to_id IS NOT NULL AND same_person(NEW.from_id, NEW.to_id) THEN
    PERFORM refuse('delegation_to_oneself', 'Somebody else decides meanwhile');
  END IF;
  IF NEW.to_id IS NOT NULL AND NOT holds_role(NEW.to_id, 'manager') THEN
    PERFORM refuse('delegation_to_no_manager', 'Only an active manager decides for another');
  END IF;
  IF EXISTS (SELECT 1 FROM delegations d WHERE d.from_id = NEW.from_id AND d.ended_at IS NULL
      AND d.starts_at < NEW.ends_at AND d.ends_at > NEW.starts_at) THEN
    PERFORM refuse('delegation_overlaps', 'They are away then already');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON delegations FOR EACH ROW EXECUTE FUNCTION delegations_guard();
--> statement-breakpoint
CREATE FUNCTION delegations_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.given_entry_id, ARRAY['delegation.given'], NULL, NULL, NEW.given_by, NULL);
  ELSE
    PERFORM needs_entry(NEW.ended_entry_id, ARRAY['delegation.ended'], NULL, NULL, NEW.ended_by, NULL);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT OR UPDATE ON delegations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION delegations_entries();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON delegations FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON delegations FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE delegations ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER entries, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
REVOKE ALL ON delegations FROM PUBLIC;
--> statement-breakpoint
GRANT SELECT, INSERT ON delegations TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by, ended_entry_id) ON delegations TO :runtime:;
--> statement-breakpoint
CREATE FUNCTION is_away(person uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM delegations
    WHERE from_id = person AND ended_at IS NULL AND starts_at <= at AND ends_at > at)
$$;
--> statement-breakpoint

-- ---------- what an ask wants ----------
-- The body of the policy in force. `currentPolicy` reads the same.
CREATE FUNCTION policy_body_now() RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT body FROM policy_versions ORDER BY version DESC LIMIT 1
$$;
--> statement-breakpoint
CREATE OR REPLACE VIEW subject_standing AS
  SELECT s.id,
    CASE
      WHEN EXISTS (SELECT 1 FROM staff p WHERE p.id = s.id OR p.id::text = s.external_id OR lower(p.email) = lower(s.email)) THEN 'staff'
      WHEN s.status <> 'active' THEN 'deactivated'
      WHEN s.kind = 'service' THEN 'service'
      WHEN a.stance = 'closed' THEN 'closed'
    END AS refusal,
    array_remove(ARRAY[
      CASE WHEN a.tier IN ('enterprise', 'regulated') THEN a.tier END,
      CASE WHEN a.stance = 'opted_out' THEN 'opted_out' END,
      CASE WHEN s.is_vip THEN 'vip' END,
      CASE WHEN s.is_owner THEN 'owner' END], NULL) AS sensitive_because,
    a.terms_version
  FROM subjects s JOIN accounts a ON a.id = s.account_id;
--> statement-breakpoint
-- Whether the account accepted no such terms as the policy names, where the policy minds.
CREATE FUNCTION terms_missing(policy jsonb, accepted text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN accepted IS DISTINCT FROM coalesce(policy #>> '{terms,version}', '')
    THEN nullif(coalesce(policy #>> '{terms,missing}', 'allow'), 'allow') END
$$;
--> statement-breakpoint
-- Each that is left must be met by votes: [{by, votes}], the strictest of its kind, own manager first. Two votes of which one
-- is their own manager's are both. What makes the subject sensitive says tier, opt-out, VIP and owner. `requirements` in
-- lib/policy/requirements.ts computes the same.
CREATE FUNCTION approval_requirements(policy jsonb, because text[], accepted text, scope text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH wanted AS (
    SELECT r ->> 'by' AS by, (r ->> 'votes')::integer AS votes
      FROM jsonb_array_elements(coalesce(policy #> '{approvals,rules}', '[]')) r
      WHERE (r -> 'tiers' IS NULL OR r -> 'tiers' ? CASE WHEN 'regulated' = ANY (because) THEN 'regulated' WHEN 'enterprise' = ANY (because) THEN 'enterprise' ELSE 'standard' END)
        AND (r -> 'scopes' IS NULL OR r -> 'scopes' ? scope)
        AND (r -> 'vip' IS NULL OR 'vip' = ANY (because))
        AND (r -> 'owner' IS NULL OR 'owner' = ANY (because))
        AND (r -> 'optedOut' IS NULL OR 'opted_out' = ANY (because))
    UNION ALL SELECT 'manager', coalesce((policy #>> '{approvals,sensitive}')::integer, 1) WHERE cardinality(because) > 0
    UNION ALL SELECT 'manager', 1 WHERE terms_missing(policy, accepted) = 'approval'),
  strictest AS (
    SELECT by, max(votes) AS votes FROM (
      SELECT by, CASE WHEN by = 'own_manager' THEN 1 ELSE votes END AS votes FROM wanted
      UNION ALL SELECT 'manager', votes FROM wanted WHERE by = 'own_manager' AND votes > 1) w
    GROUP BY by)
  SELECT coalesce(jsonb_agg(jsonb_build_object('by', by, 'votes', votes) ORDER BY array_position(ARRAY['own_manager', 'manager', 'compliance'], by)), '[]')
    FROM strictest e
    WHERE NOT (by = 'manager' AND EXISTS (SELECT 1 FROM strictest o WHERE o.by = 'own_manager' AND o.votes >= e.votes))
$$;
--> statement-breakpoint
-- Of requests that were asked before there were rules, and where somebody asked for more votes than the rules want.
CREATE FUNCTION with_managers(requirements jsonb, votes integer) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN votes <= coalesce((SELECT max((w ->> 'votes')::integer) FROM jsonb_array_elements(requirements) w), 0) THEN requirements
    ELSE (SELECT coalesce(jsonb_agg(w) FILTER (WHERE w ->> 'by' = 'own_manager'), '[]') || jsonb_build_array(jsonb_build_object('by', 'manager', 'votes', votes))
        || coalesce(jsonb_agg(w) FILTER (WHERE w ->> 'by' = 'compliance'), '[]')
      FROM jsonb_array_elements(requirements) w) END
$$;
--> statement-breakpoint

-- ---------- whose vote counts ----------
-- By person: who reports to somebody through a second account of either reports to them.
CREATE FUNCTION person_reports_to(one uuid, boss uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE line(person) AS (
    SELECT b.person_id FROM staff s JOIN staff b ON b.id = s.manager_id
      WHERE s.person_id = (SELECT person_id FROM staff WHERE id = one)
    UNION
    SELECT b.person_id FROM line JOIN staff s ON s.person_id = line.person JOIN staff b ON b.id = s.manager_id)
  SELECT EXISTS (SELECT 1 FROM line WHERE person = (SELECT person_id FROM staff WHERE id = boss))
$$;
--> statement-breakpoint
CREATE FUNCTION person_reported_to(one uuid, boss uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE line(person) AS (
    SELECT b.person_id FROM staff s JOIN staff_managers m ON m.staff_id = s.id AND m.since <= at AND coalesce(m.until, 'infinity') > at
        JOIN staff b ON b.id = m.manager_id
      WHERE s.person_id = (SELECT person_id FROM staff WHERE id = one)
    UNION
    SELECT b.person_id FROM line JOIN staff s ON s.person_id = line.person
      JOIN staff_managers m ON m.staff_id = s.id AND m.since <= at AND coalesce(m.until, 'infinity') > at
      JOIN staff b ON b.id = m.manager_id)
  SELECT EXISTS (SELECT 1 FROM line WHERE person = (SELECT person_id FROM staff WHERE id = boss))
$$;
--> statement-breakpoint
-- Why nobody counts this person's vote on what this actor asked then, or null: it is their own, or they report to them, or did.
-- Most lead nobody: then there is no line of managers to walk up.
CREATE FUNCTION voter_refusal(voter uuid, actor uuid, asked timestamptz) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN voter = actor OR v.person_id = a.person_id THEN 'own_request'
    WHEN EXISTS (SELECT 1 FROM staff l JOIN staff_managers m ON m.manager_id = l.id WHERE l.person_id = a.person_id)
      AND (person_reports_to(voter, actor) OR person_reported_to(voter, actor, asked)) THEN 'reports_to_actor'
  END
  FROM staff v, staff a WHERE v.id = voter AND a.id = actor
$$;
--> statement-breakpoint
-- The actor's own manager, when it was asked and ever since, or who decides for them while they are away: a delegate of
-- before the ask, not one whom the actor chose, and never a delegate's delegate.
CREATE FUNCTION is_own_manager(voter uuid, actor uuid, asked timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM staff_managers m WHERE m.staff_id = actor AND m.until IS NULL AND m.since <= asked
      AND (m.manager_id = voter
        OR EXISTS (SELECT 1 FROM delegations d WHERE d.from_id = m.manager_id AND d.to_id = voter AND d.given_at <= asked
            AND d.ended_at IS NULL AND d.starts_at <= clock_timestamp() AND d.ends_at > clock_timestamp()
            AND NOT same_person(d.given_by, actor) AND NOT same_person(d.from_id, actor) AND holds_role(d.from_id, 'manager', asked))))
$$;
--> statement-breakpoint
-- Whether this person's vote on what this actor asked then is one by whom is wanted. Nothing here asks what the vote says.
CREATE FUNCTION vote_counts(voter uuid, actor uuid, asked timestamptz, wanted_by text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM roles_held WHERE staff_id = voter AND granted_at <= asked
      AND role = CASE wanted_by WHEN 'compliance' THEN 'compliance' ELSE 'manager' END)
    AND (wanted_by <> 'own_manager' OR is_own_manager(voter, actor, asked))
    AND voter_refusal(voter, actor, asked) IS NULL
$$;
--> statement-breakpoint
-- The requirements of a request; where the subject became sensitive since a grant by policy, what is sensitive wants.
CREATE FUNCTION requirements_of(r requests) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN r.requirements <> '[]' THEN r.requirements
    ELSE with_managers('[]', greatest(r.approvals_needed, least(cardinality(subject_sensitivity(r.subject_id)), 1))) END
$$;
--> statement-breakpoint
-- Whether this person could decide on this request: by any of its requirements, or as a manager where it has none. The queue
-- and the guard of votes ask the same.
CREATE FUNCTION may_decide(voter uuid, r requests) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN r.requirements = '[]' THEN vote_counts(voter, r.actor_id, r.created_at, 'manager')
    ELSE EXISTS (SELECT 1 FROM jsonb_array_elements(r.requirements) w WHERE vote_counts(voter, r.actor_id, r.created_at, w ->> 'by')) END
$$;
--> statement-breakpoint
-- Whether the votes on `r` that hold now meet what is wanted. People are counted, not accounts; who is a manager and of
-- compliance is one of both, not both.
CREATE FUNCTION votes_meet(r requests, wanted jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH w AS (
    SELECT coalesce(max(votes) FILTER (WHERE by = 'own_manager'), 0) AS own, coalesce(max(votes) FILTER (WHERE by = 'manager'), 0) AS man,
      coalesce(max(votes) FILTER (WHERE by = 'compliance'), 0) AS com
    FROM jsonb_to_recordset(wanted) AS x(by text, votes integer)),
  cast_ AS (
    SELECT bool_or(w.own > 0 AND vote_counts(v.approver_id, r.actor_id, r.created_at, 'own_manager')) AS own,
      bool_or(w.own + w.man > 0 AND vote_counts(v.approver_id, r.actor_id, r.created_at, 'manager')) AS man,
      bool_or(w.com > 0 AND vote_counts(v.approver_id, r.actor_id, r.created_at, 'compliance')) AS com
    FROM w CROSS JOIN approvals v JOIN staff s ON s.id = v.approver_id
    WHERE v.request_id = r.id AND v.vote = 'approve' AND v.ask_hash = r.ask_hash
    GROUP BY s.person_id)
  SELECT (SELECT count(*) FILTER (WHERE c.own) >= w.own AND count(*) FILTER (WHERE c.man) >= w.man AND count(*) FILTER (WHERE c.com) >= w.com
      AND count(*) FILTER (WHERE c.own OR c.com) >= w.own + w.com AND count(*) FILTER (WHERE c.man OR c.com) >= greatest(w.own, w.man) + w.com
    FROM cast_ c) FROM w
$$;
--> statement-breakpoint
DROP FUNCTION valid_approvals(uuid);
--> statement-breakpoint

-- ---------- hooks: what others know better ----------
-- Why this actor may not stand in for this subject, or null.
CREATE FUNCTION reach_refusal(actor uuid, subject uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NULL::text
$$;
--> statement-breakpoint
-- Why a sign-in is too old for something that wants one of at most so many minutes, or of another kind than it wants; or null.
CREATE FUNCTION fresh_refusal(sign_in uuid, minutes integer, acr text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN minutes IS NULL THEN NULL
    ELSE nullif(coalesce((SELECT CASE
        WHEN i.ended_at IS NOT NULL THEN 'ended'
        WHEN i.auth_time < clock_timestamp() - make_interval(mins => minutes) THEN 'too_old'
        WHEN fresh_refusal.acr IS NOT NULL AND i.acr IS DISTINCT FROM fresh_refusal.acr THEN 'acr'
        ELSE 'fresh' END
      FROM staff_sign_ins i WHERE i.id = sign_in), 'none'), 'fresh') END
$$;
--> statement-breakpoint
-- Why a request that breaks the glass may not, or null.
CREATE FUNCTION break_glass_refusal(r requests) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE
    WHEN NOT coalesce((p #>> '{breakGlass,allowed}')::boolean, false) THEN 'not_allowed'
    WHEN r.minutes > coalesce((p #>> '{breakGlass,minutes}')::integer, 15) THEN 'minutes'
    WHEN r.scope <> 'read' AND NOT coalesce((p #>> '{breakGlass,write}')::boolean, false) THEN 'scope'
    WHEN char_length(trim(r.reason)) < coalesce((p #>> '{breakGlass,reasonLength}')::integer, 50) THEN 'reason' END
  FROM policy_body_now() AS p
$$;
--> statement-breakpoint

-- ---------- what a grant and a start rest on ----------
-- Why the approval of `p` does not stand for `r`, or null: the same actor, customer, ticket; no wider, no longer, not later.
CREATE FUNCTION standing_refusal(r requests, p requests) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN p.id IS NULL OR p.standing_hours IS NULL OR p.break_glass OR p.id = r.id THEN 'none'
    WHEN (p.actor_id, p.account_id, p.product_id) <> (r.actor_id, r.account_id, r.product_id) OR p.ticket IS NULL OR p.ticket IS DISTINCT FROM r.ticket THEN 'other'
    WHEN p.scope <> 'write' AND r.scope = 'write' THEN 'scope'
    WHEN p.granted_minutes IS NULL OR r.minutes > p.granted_minutes THEN 'minutes'
    WHEN p.standing_ended_at IS NOT NULL THEN 'ended'
    WHEN NOT (p.status = 'used' OR (p.status = 'granted' AND clock_timestamp() < p.start_by)) THEN 'not_granted'
    WHEN clock_timestamp() >= p.granted_at + make_interval(hours => least(p.standing_hours, 24)) THEN 'over'
    WHEN NOT votes_meet(p, requirements_of(r)) THEN 'approvals'
  END;
END $$;
--> statement-breakpoint
-- Why `r` may not be granted, nor start, or null: it wants nothing, its own votes meet what it wants, those of a standing
-- approval do, or it breaks the glass and may.
CREATE FUNCTION grant_refusal(r requests) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wanted jsonb; p requests;
BEGIN
  IF r.break_glass THEN
    RETURN break_glass_refusal(r);
  END IF;
  wanted := requirements_of(r);
  IF wanted = '[]' OR votes_meet(r, wanted) THEN
    RETURN NULL;
  END IF;
  IF r.standing_of IS NULL THEN
    RETURN 'approvals';
  END IF;
  SELECT * INTO p FROM requests WHERE id = r.standing_of;
  RETURN standing_refusal(r, p);
END $$;
--> statement-breakpoint
ALTER TABLE "requests" DROP CONSTRAINT "requests_sensitive_needs_approval";
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_sensitive_needs_approval" CHECK (not "requests"."sensitive" or "requests"."break_glass" or "requests"."approvals_needed" >= 1);
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_standing_by_ticket" CHECK ("requests"."standing_hours" is null or ("requests"."ticket" is not null and "requests"."standing_of" is null and not "requests"."break_glass"));
--> statement-breakpoint
GRANT UPDATE (standing_ended_at, standing_ended_by, standing_ended_entry_id) ON requests TO :runtime:;
--> statement-breakpoint
ALTER TABLE requests ADD CONSTRAINT requests_standing_ended_entry FOREIGN KEY (standing_ended_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX requests_own_standing_end ON requests (standing_ended_entry_id);
--> statement-breakpoint
-- With which sign-in; null where it was cast from elsewhere than the panel.
ALTER TABLE "approvals" ADD COLUMN "sign_in_id" uuid;
--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_own_sign_in" FOREIGN KEY ("sign_in_id","approver_id") REFERENCES "public"."staff_sign_ins"("id","staff_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- What was added later is in the hash where it is asked for, so that the hashes of before stay what they were.
CREATE OR REPLACE FUNCTION ask_hash(r requests) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT sha256(convert_to((jsonb_build_array(r.id, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, r.minutes,
    r.reason_category, r.lawful_basis, r.reason, r.caller_check, r.ticket, r.target_link_uri)
    || CASE WHEN r.break_glass OR r.standing_hours IS NOT NULL OR r.standing_of IS NOT NULL
      THEN jsonb_build_array(r.break_glass, r.standing_hours, r.standing_of) ELSE '[]' END)::text, 'UTF8'))
$$;
--> statement-breakpoint
-- The voters of a standing approval are held as one's own are.
CREATE OR REPLACE FUNCTION hold_still(actor uuid, subject uuid, request uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM 1 FROM staff WHERE id = ANY (actor || ARRAY(SELECT approver_id FROM approvals WHERE request_id = request
      UNION ALL SELECT v.approver_id FROM requests r JOIN approvals v ON v.request_id = r.standing_of WHERE r.id = request))
    ORDER BY id FOR SHARE;
  PERFORM 1 FROM subjects s JOIN accounts a ON a.id = s.account_id WHERE s.id = subject FOR SHARE;
  -- SHARE shuts out a stop that is being written, not another decision.
  LOCK TABLE global_stops IN SHARE MODE;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text; far text; policy jsonb; accepted text;
BEGIN
  PERFORM hold_still(NEW.actor_id, NEW.subject_id, NULL);
  -- Nor with a grant laid down beforehand, whose entry nobody would ask for later.
  IF NEW.status <> 'pending' OR NEW.granted_at IS NOT NULL OR NEW.standing_ended_at IS NOT NULL THEN
    PERFORM refuse('request_starts_pending', 'A request starts pending');
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('request_actor_role', 'Only an active agent may ask');
  END IF;
  NEW.sensitive_because := NULL;
  SELECT refusal, sensitive_because, terms_version, policy_body_now(), reach_refusal(NEW.actor_id, NEW.subject_id)
    INTO why, NEW.sensitive_because, accepted, policy, far FROM subject_standing WHERE id = NEW.subject_id;
  IF why IS NOT NULL THEN
    PERFORM refuse('request_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF far IS NOT NULL THEN
    PERFORM refuse('request_reach', 'This actor may not stand in for this user: ' || far);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('request_global_stop', 'Standing in is stopped');
  END IF;
  IF terms_missing(policy, accepted) = 'refuse' THEN
    PERFORM refuse('request_terms', 'The account accepted no terms that tell of it');
  END IF;
  NEW.created_at := clock_timestamp();
  NEW.lapses_at := least(NEW.lapses_at, NEW.created_at + interval '24 hours');
  NEW.sensitive := cardinality(NEW.sensitive_because) > 0;
  -- Most ask for what wants nothing: the rules are gone through only where one could be about it.
  IF NEW.sensitive OR NEW.approvals_needed > 0 OR policy #> '{approvals,rules,0}' IS NOT NULL OR terms_missing(policy, accepted) IS NOT NULL THEN
    NEW.requirements := with_managers(approval_requirements(policy, NEW.sensitive_because, accepted, NEW.scope),
      CASE WHEN NEW.break_glass THEN 0 ELSE NEW.approvals_needed END);
    NEW.approvals_needed := CASE WHEN NEW.break_glass THEN 0
      ELSE coalesce((SELECT max((w ->> 'votes')::integer) FROM jsonb_array_elements(NEW.requirements) w), 0) END;
  ELSE
    NEW.requirements := '[]';
  END IF;
  IF NEW.standing_hours IS NOT NULL AND (NEW.approvals_needed = 0 OR NEW.standing_hours > coalesce((policy #>> '{standing,maxHours}')::integer, 0)) THEN
    PERFORM refuse('request_standing', 'The policy lets no approval stand for so long');
  END IF;
  NEW.ask_hash := ask_hash(NEW);
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_update() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ timestamptz; denied boolean; least_minutes integer; why text;
BEGIN
  -- A standing approval is ended by its actor or any manager, once, and nothing else with it.
  IF (NEW.standing_ended_at, NEW.standing_ended_by, NEW.standing_ended_entry_id)
      IS DISTINCT FROM (OLD.standing_ended_at, OLD.standing_ended_by, OLD.standing_ended_entry_id) THEN
    IF OLD.standing_ended_at IS NOT NULL THEN
      PERFORM refuse('standing_ended', 'It was ended before');
    END IF;
    IF to_jsonb(NEW) - ARRAY['standing_ended_at', 'standing_ended_by', 'standing_ended_entry_id']
        <> to_jsonb(OLD) - ARRAY['standing_ended_at', 'standing_ended_by', 'standing_ended_entry_id'] THEN
      PERFORM refuse('request_frozen', 'What was asked cannot be changed');
    END IF;
    PERFORM 1 FROM staff WHERE id = NEW.standing_ended_by FOR SHARE;
    NEW.standing_ended_at := clock_timestamp();
    IF OLD.standing_hours IS NULL OR OLD.status NOT IN ('granted', 'used') OR NEW.standing_ended_at >= OLD.granted_at + make_interval(hours => OLD.standing_hours) THEN
      PERFORM refuse('standing_none', 'Nothing stands by this request');
    END IF;
    IF NEW.standing_ended_by IS DISTINCT FROM OLD.actor_id AND NOT coalesce(holds_role(NEW.standing_ended_by, 'manager'), false) THEN
      PERFORM refuse('standing_not_yours', 'Its actor ends a standing approval, or a manager');
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status = 'granted' THEN
    -- Before the people, as a start locks them; who ends it holds only this row.
    IF OLD.standing_of IS NOT NULL THEN
      PERFORM 1 FROM requests WHERE id = OLD.standing_of FOR SHARE;
    END IF;
    PERFORM hold_still(OLD.actor_id, OLD.subject_id, OLD.id);
  END IF;
  -- Read only now: a lapse that came while we waited for those locks counts.
  now_ := clock_timestamp();
  -- What `ask_hash` is made of, and the rest of what was asked.
  IF (NEW.id, NEW.actor_id, NEW.subject_id, NEW.account_id, NEW.product_id, NEW.scope, NEW.minutes, NEW.reason_category,
      NEW.lawful_basis, NEW.reason, NEW.caller_check, NEW.ticket, NEW.target_link_uri, NEW.ask_hash,
      NEW.number, NEW.sensitive, NEW.sensitive_because, NEW.approvals_needed, NEW.policy_version, NEW.created_at,
      NEW.lapses_at, NEW.asked_entry_id, NEW.return_path, NEW.requirements, NEW.break_glass, NEW.standing_hours, NEW.standing_of)
    IS DISTINCT FROM (OLD.id, OLD.actor_id, OLD.subject_id, OLD.account_id, OLD.product_id, OLD.scope, OLD.minutes, OLD.reason_category,
      OLD.lawful_basis, OLD.reason, OLD.caller_check, OLD.ticket, OLD.target_link_uri, OLD.ask_hash,
      OLD.number, OLD.sensitive, OLD.sensitive_because, OLD.approvals_needed, OLD.policy_version, OLD.created_at,
      OLD.lapses_at, OLD.asked_entry_id, OLD.return_path, OLD.requirements, OLD.break_glass, OLD.standing_hours, OLD.standing_of) THEN
    PERFORM refuse('request_frozen', 'What was asked cannot be changed');
  END IF;
  IF OLD.granted_at IS NOT NULL AND (NEW.granted_at, NEW.granted_minutes, NEW.start_by, NEW.granted_entry_id)
      IS DISTINCT FROM (OLD.granted_at, OLD.granted_minutes, OLD.start_by, OLD.granted_entry_id) THEN
    PERFORM refuse('request_frozen', 'What was granted cannot be changed');
  END IF;
  IF NOT ((OLD.status = 'pending' AND NEW.status IN ('granted', 'denied', 'cancelled', 'lapsed'))
      OR (OLD.status = 'granted' AND NEW.status IN ('used', 'cancelled', 'lapsed'))) THEN
    PERFORM refuse('request_move', format('A request cannot go from %s to %s', OLD.status, NEW.status));
  END IF;
  IF NEW.status = 'granted' THEN
    IF now_ >= OLD.lapses_at THEN
      PERFORM refuse('request_lapsed', 'The request has lapsed');
    END IF;
    SELECT coalesce(bool_or(vote = 'deny'), false), least(OLD.minutes, min(minutes) FILTER (WHERE vote = 'approve'))
      INTO denied, least_minutes FROM approvals WHERE request_id = OLD.id;
    IF denied THEN
      PERFORM refuse('request_without_approvals', 'The approvals are missing');
    END IF;
    IF OLD.approvals_needed > 0 OR OLD.break_glass THEN
      why := grant_refusal(OLD);
      IF why IS NOT NULL THEN
        PERFORM refuse(CASE WHEN OLD.break_glass THEN 'request_break_glass' ELSE 'request_without_approvals' END, 'The approvals are missing: ' || why);
      END IF;
    END IF;
    IF NEW.granted_minutes > least_minutes THEN
      PERFORM refuse('request_granted_minutes', 'More minutes than were approved');
    END IF;
    NEW.granted_at := now_;
    NEW.start_by := least(NEW.start_by, now_ + interval '30 minutes');
  ELSIF NEW.granted_at IS DISTINCT FROM OLD.granted_at THEN
    PERFORM refuse('request_frozen', 'Only a grant sets the time of the grant');
  ELSIF NEW.status = 'denied' AND NOT EXISTS (SELECT 1 FROM approvals WHERE request_id = OLD.id AND vote = 'deny') THEN
    PERFORM refuse('request_denied_without_vote', 'A denial is a vote');
  ELSIF NEW.status = 'lapsed' AND now_ < coalesce(OLD.start_by, OLD.lapses_at) THEN
    PERFORM refuse('request_not_due', 'The request has not lapsed yet');
  ELSIF NEW.status = 'used' AND NOT EXISTS (SELECT 1 FROM sessions WHERE request_id = OLD.id) THEN
    PERFORM refuse('request_used_without_session', 'Only a session uses a request up');
  END IF;
  NEW.closed_at := CASE WHEN NEW.status = 'granted' THEN NULL ELSE now_ END;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION requests_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM needs_entry(NEW.asked_entry_id, ARRAY['request.asked'], NEW.id, NULL, NEW.actor_id, NEW.subject_id);
    RETURN NULL;
  END IF;
  IF NEW.granted_entry_id IS DISTINCT FROM OLD.granted_entry_id THEN
    PERFORM needs_entry(NEW.granted_entry_id, ARRAY['request.granted', 'request.approved'], NEW.id, NULL, NULL, NEW.subject_id);
  END IF;
  IF NEW.closed_entry_id IS DISTINCT FROM OLD.closed_entry_id THEN
    PERFORM needs_entry(NEW.closed_entry_id, CASE NEW.status WHEN 'used' THEN ARRAY['session.started'] ELSE ARRAY['request.' || NEW.status] END, NEW.id, NULL, NULL, NEW.subject_id);
  END IF;
  IF NEW.standing_ended_entry_id IS DISTINCT FROM OLD.standing_ended_entry_id THEN
    PERFORM needs_entry(NEW.standing_ended_entry_id, ARRAY['standing.ended'], NEW.id, NULL, NEW.standing_ended_by, NEW.subject_id);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION approvals_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text; policy jsonb;
BEGIN
  SELECT * INTO STRICT r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  PERFORM 1 FROM staff WHERE id = NEW.approver_id FOR SHARE;
  NEW.created_at := clock_timestamp();
  why := voter_refusal(NEW.approver_id, r.actor_id, r.created_at);
  IF why = 'own_request' THEN
    PERFORM refuse('vote_own_request', 'Nobody votes on their own request');
  END IF;
  IF NOT holds_role(NEW.approver_id, 'manager', r.created_at)
    AND NOT (r.requirements @> '[{"by": "compliance"}]' AND holds_role(NEW.approver_id, 'compliance', r.created_at)) THEN
    PERFORM refuse('vote_without_role', 'Only who was an active manager when it was asked may vote, or compliance where it is wanted');
  END IF;
  IF why IS NOT NULL THEN
    PERFORM refuse('vote_reports_to_actor', 'Nobody votes for who they report to');
  END IF;
  IF r.status <> 'pending' THEN
    PERFORM refuse('vote_not_pending', 'The request is decided');
  END IF;
  IF NEW.created_at >= r.lapses_at THEN
    PERFORM refuse('vote_lapsed', 'The request has lapsed');
  END IF;
  IF NEW.ask_hash <> r.ask_hash THEN
    PERFORM refuse('vote_other_ask', 'The vote is for another ask');
  END IF;
  IF NEW.minutes > r.minutes THEN
    PERFORM refuse('vote_minutes', 'An approval may shorten, not lengthen');
  END IF;
  IF EXISTS (SELECT 1 FROM approvals v WHERE v.request_id = r.id AND v.approver_id <> NEW.approver_id AND same_person(v.approver_id, NEW.approver_id)) THEN
    PERFORM refuse('vote_of_same_person', 'One person votes once, whatever accounts they have');
  END IF;
  -- Anybody who decides may deny; a yes that counts for nothing would only look like one.
  IF NEW.vote = 'approve' THEN
    IF r.requirements <> '[]' AND NOT may_decide(NEW.approver_id, r) THEN
      PERFORM refuse('vote_not_wanted', 'The rules want the vote of somebody else');
    END IF;
    IF r.sensitive THEN
      policy := policy_body_now();
      IF fresh_refusal(NEW.sign_in_id, (policy #>> '{freshSignIn,sensitiveApproval}')::integer, policy #>> '{freshSignIn,acr}') IS NOT NULL THEN
        PERFORM refuse('vote_sign_in', 'To approve this one signs in anew');
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION sessions_insert() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE r requests; why text; far text; lacks text; is_sensitive boolean; policy jsonb;
BEGIN
  SELECT * INTO r FROM requests WHERE id = NEW.request_id FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM refuse('session_without_grant', 'A session needs a granted request');
  END IF;
  IF r.standing_of IS NOT NULL THEN
    PERFORM 1 FROM requests WHERE id = r.standing_of FOR SHARE;
  END IF;
  PERFORM hold_still(NEW.actor_id, NEW.subject_id, r.id);
  NEW.started_at := clock_timestamp();
  IF r.status = 'used' THEN
    PERFORM refuse('session_request_used', 'The request is used up');
  ELSIF r.status = 'lapsed' OR (r.status = 'granted' AND NEW.started_at >= r.start_by) THEN
    PERFORM refuse('session_request_lapsed', 'The approval is void: it was not used in time');
  ELSIF r.status <> 'granted' THEN
    PERFORM refuse('session_without_grant', 'A session needs a granted request');
  END IF;
  IF (NEW.actor_id, NEW.subject_id, NEW.account_id, NEW.product_id, NEW.scope) IS DISTINCT FROM (r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope)
    OR NEW.minutes > r.granted_minutes THEN
    PERFORM refuse('session_other_than_granted', 'The session is not what was granted');
  END IF;
  SELECT refusal, r.sensitive OR cardinality(sensitive_because) > 0, reach_refusal(NEW.actor_id, NEW.subject_id) INTO why, is_sensitive, far
    FROM subject_standing WHERE id = NEW.subject_id;
  IF coalesce(is_sensitive, r.sensitive) OR r.approvals_needed > 0 OR r.break_glass THEN
    lacks := grant_refusal(r);
    IF lacks IS NOT NULL THEN
      PERFORM refuse(CASE WHEN r.break_glass THEN 'session_break_glass' ELSE 'session_without_approval' END, 'It needs an approval that still holds: ' || lacks);
    END IF;
  END IF;
  IF NOT holds_role(NEW.actor_id, 'agent') THEN
    PERFORM refuse('session_actor_role', 'Only an active agent may start');
  END IF;
  IF why IS NOT NULL THEN
    PERFORM refuse('session_subject', 'Nobody may stand in for this user: ' || why);
  END IF;
  IF far IS NOT NULL THEN
    PERFORM refuse('session_reach', 'This actor may not stand in for this user: ' || far);
  END IF;
  IF EXISTS (SELECT 1 FROM global_stops WHERE lifted_at IS NULL) THEN
    PERFORM refuse('session_global_stop', 'Standing in is stopped');
  END IF;
  IF NEW.ended_at IS NOT NULL THEN
    PERFORM refuse('session_starts_live', 'A session starts live');
  END IF;
  IF coalesce(is_sensitive, r.sensitive) OR r.break_glass THEN
    policy := policy_body_now();
    IF fresh_refusal(NEW.sign_in_id, CASE WHEN r.break_glass THEN coalesce((policy #>> '{breakGlass,freshMinutes}')::integer, 5)
        ELSE (policy #>> '{freshSignIn,sensitiveStart}')::integer END, policy #>> '{freshSignIn,acr}') IS NOT NULL THEN
      PERFORM refuse('session_sign_in', 'To start this one signs in anew');
    END IF;
  END IF;
  NEW.expires_at := NEW.started_at + make_interval(mins => NEW.minutes);
  NEW.last_active_at := NEW.started_at;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION stand_in(asked json, started json) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r requests := json_populate_record(NULL::requests, asked);
  s sessions := json_populate_record(NULL::sessions, started);
BEGIN
  INSERT INTO requests (id, number, actor_id, subject_id, account_id, product_id, scope, minutes, reason_category, lawful_basis,
    reason, caller_check, ticket, target_link_uri, return_path, policy_version, approvals_needed, lapses_at, asked_entry_id, standing_of)
  VALUES (r.id, r.number, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, r.minutes, r.reason_category,
    r.lawful_basis, r.reason, r.caller_check, r.ticket, r.target_link_uri, r.return_path, r.policy_version,
    r.approvals_needed, r.lapses_at, r.asked_entry_id, r.standing_of);
  IF r.policy_version <> (SELECT max(version) FROM policy_versions) THEN
    PERFORM refuse('stand_in_policy', 'The policy has changed since it was read');
  END IF;
  UPDATE requests SET status = 'granted', granted_at = clock_timestamp(), granted_minutes = r.granted_minutes,
    start_by = r.start_by, granted_entry_id = r.granted_entry_id WHERE id = r.id;
  INSERT INTO sessions (id, request_id, actor_id, subject_id, account_id, product_id, scope, minutes, policy_version,
    idle_minutes, sign_in_id, started_entry_id)
  VALUES (s.id, r.id, r.actor_id, r.subject_id, r.account_id, r.product_id, r.scope, s.minutes, r.policy_version,
    s.idle_minutes, s.sign_in_id, s.started_entry_id) RETURNING number INTO s.number;
  UPDATE requests SET status = 'used', closed_at = clock_timestamp(), closed_entry_id = s.started_entry_id WHERE id = r.id;
  RETURN s.number;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION staff_manager_kept(), delegations_guard(), delegations_entries(), is_away(uuid, timestamptz), policy_body_now(),
  terms_missing(jsonb, text), approval_requirements(jsonb, text[], text, text), with_managers(jsonb, integer),
  person_reports_to(uuid, uuid), person_reported_to(uuid, uuid, timestamptz), voter_refusal(uuid, uuid, timestamptz),
  is_own_manager(uuid, uuid, timestamptz), vote_counts(uuid, uuid, timestamptz, text), requirements_of(requests),
  may_decide(uuid, requests), votes_meet(requests, jsonb), reach_refusal(uuid, uuid), fresh_refusal(uuid, integer, text),
  break_glass_refusal(requests), standing_refusal(requests, requests), grant_refusal(requests) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION is_away(uuid, timestamptz), policy_body_now(), terms_missing(jsonb, text),
  approval_requirements(jsonb, text[], text, text), with_managers(jsonb, integer), person_reports_to(uuid, uuid),
  voter_refusal(uuid, uuid, timestamptz), is_own_manager(uuid, uuid, timestamptz), vote_counts(uuid, uuid, timestamptz, text),
  requirements_of(requests), may_decide(uuid, requests), votes_meet(requests, jsonb), reach_refusal(uuid, uuid),
  fresh_refusal(uuid, integer, text), break_glass_refusal(requests), standing_refusal(requests, requests), grant_refusal(requests) TO :runtime:;
