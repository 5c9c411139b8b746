-- ---------- which policy is in force ----------
-- A version may lie ahead, and may be withdrawn before its day comes: the highest whose time has come is in force.
ALTER TABLE "policy_versions" ADD COLUMN "reason" text;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "changed_by" uuid;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "changed_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "proposal_id" uuid;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_changed_by_staff_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE policy_versions ADD CONSTRAINT policy_versions_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX policy_versions_own_entry ON policy_versions (entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX policy_versions_own_proposal ON policy_versions (proposal_id);
--> statement-breakpoint
CREATE TABLE "policy_withdrawals" (
	"version" integer PRIMARY KEY NOT NULL,
	"withdrawn_by" uuid NOT NULL,
	"withdrawn_at" timestamp with time zone DEFAULT now() NOT NULL,
	"reason" text NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "policy_withdrawals_reason" CHECK (char_length(trim("policy_withdrawals"."reason")) between 3 and 500)
);
--> statement-breakpoint
ALTER TABLE "policy_withdrawals" ADD CONSTRAINT "policy_withdrawals_version_policy_versions_version_fk" FOREIGN KEY ("version") REFERENCES "public"."policy_versions"("version") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "policy_withdrawals" ADD CONSTRAINT "policy_withdrawals_withdrawn_by_staff_id_fk" FOREIGN KEY ("withdrawn_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE policy_withdrawals ADD CONSTRAINT policy_withdrawals_entry FOREIGN KEY (entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX policy_withdrawals_own_entry ON policy_withdrawals (entry_id);
--> statement-breakpoint
CREATE VIEW policy_now AS
  SELECT v.version, v.body, v.in_force_from FROM policy_versions v
  WHERE v.in_force_from <= clock_timestamp() AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = v.version)
  ORDER BY v.version DESC LIMIT 1;
--> statement-breakpoint
REVOKE ALL ON policy_now, policy_withdrawals FROM PUBLIC;
--> statement-breakpoint
CREATE FUNCTION policy_version_in_force() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT version FROM policy_now
$$;
--> statement-breakpoint
-- Whatever asked for the newest version asks for the one in force.
DO $$
DECLARE f record; told text;
BEGIN
  FOR f IN SELECT p.oid, pg_get_functiondef(p.oid) AS def FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND p.prokind = 'f'
      AND p.prosrc ~* 'policy_versions' LOOP
    told := regexp_replace(f.def, 'FROM policy_versions((?: v)?) ORDER BY (?:v\.)?version DESC LIMIT 1', 'FROM policy_now\1', 'gi');
    told := regexp_replace(told, '\(SELECT max\(version\) FROM policy_versions\)', 'policy_version_in_force()', 'gi');
    IF told <> f.def THEN
      EXECUTE told;
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE OR REPLACE VIEW reach_rules AS
  SELECT r.value ->> 'team' AS team, r.value -> 'regions' AS regions, r.value -> 'tiers' AS tiers,
    r.value -> 'products' AS products, r.value -> 'subjectRoles' AS subject_roles
  FROM policy_now p CROSS JOIN LATERAL jsonb_array_elements(coalesce(p.body -> 'reach', '[]')) r;
--> statement-breakpoint

-- ---------- what makes a policy looser ----------
-- Each field with what makes it tighter, and what it is where a body says nothing of it. What is not here is looser when
-- it is another. `lib/policy/loosens.ts` says the same.
CREATE FUNCTION policy_fields() RETURNS TABLE (field text, tighter text, usual jsonb)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  VALUES
    ('approvals.sensitive', 'more', NULL::jsonb),
    ('approvals.rules', 'rules', '[]'),
    ('reach', 'reach', '[]'),
    ('rings.secondAfter', 'less', '120'),
    ('rings.fallbackAfter', 'less', '300'),
    ('rings.activeMinutes', 'more', '10'),
    ('rings.fallback', 'same', '{"name": "Compliance", "contact": "", "role": "compliance"}'),
    ('standing.maxHours', 'less', '0'),
    ('breakGlass.allowed', 'false', 'false'),
    ('breakGlass.minutes', 'less', '15'),
    ('breakGlass.write', 'false', 'false'),
    ('breakGlass.reasonLength', 'more', '50'),
    ('breakGlass.freshMinutes', 'less', '5'),
    ('breakGlass.reviewHours', 'less', '24'),
    ('freshSignIn.sensitiveStart', 'asked', 'null'),
    ('freshSignIn.sensitiveApproval', 'asked', 'null'),
    ('freshSignIn.export', 'asked', 'null'),
    ('freshSignIn.roleChange', 'asked', 'null'),
    ('freshSignIn.policyChange', 'asked', 'null'),
    ('freshSignIn.acr', 'set', 'null'),
    ('terms.url', 'same', '""'),
    ('terms.version', 'same', '""'),
    ('terms.date', 'same', 'null'),
    ('terms.missing', 'allow approval refuse', '"allow"'),
    ('becomesSensitive', 'ask end', '"end"'),
    ('approveInSlack', 'false', 'false'),
    ('lapseMinutes', 'less', NULL),
    ('startWithinMinutes', 'less', NULL),
    ('idleMinutes', 'less', NULL),
    ('maxMinutes', 'less', NULL),
    ('exportsInWrite', 'false', NULL),
    ('breadth.hour', 'less', '20'),
    ('breadth.day', 'less', '120'),
    ('ticketPattern', 'same', NULL),
    ('zone', 'same', '"UTC"'),
    ('workingHours.from', 'more', '7'),
    ('workingHours.to', 'less', '19'),
    ('workingHours.days', 'fewer', '[1, 2, 3, 4, 5]'),
    ('reviews.opensByItself', 'true', 'true'),
    ('reviews.dueDays', 'less', '30'),
    ('reviews.undecided', 'exception revoke', '"revoke"'),
    ('reviews.exceptionDays', 'less', '30'),
    ('reviews.sampleShare', 'more', '0.1'),
    ('reviews.rushedDecisions', 'less', '40'),
    ('findings.dueDays', 'less', '7'),
    ('findings.lookBackDays', 'more', '184'),
    ('findings.askActor', 'true', 'true'),
    ('findings.closedTicketGraceHours', 'less', '24'),
    ('findings.accountsInAnHour', 'less', '6'),
    ('findings.accountsInADay', 'less', '20'),
    ('findings.sameSubject', 'less', '3'),
    ('findings.sameAccount', 'less', '5'),
    ('findings.withoutTicketInAWeek', 'less', '5'),
    ('findings.writesInASession', 'less', '15'),
    ('findings.exportsInASession', 'less', '1'),
    ('findings.writesInADay', 'less', '60'),
    ('findings.exportsInADay', 'less', '5'),
    ('findings.timesTheUsual', 'less', '4'),
    ('findings.pairRequests', 'less', '10'),
    ('findings.pairShare', 'less', '0.8'),
    ('findings.pairTimesTheTeam', 'less', '2'),
    ('findings.quickSeconds', 'more', '10'),
    ('findings.quickApprovals', 'less', '3'),
    ('findings.refusalsInARow', 'less', '5'),
    ('findings.refusalsInADay', 'less', '12'),
    ('findings.usualHourSessions', 'more', '5'),
    ('findings.namesakes', 'more', '8'),
    ('findings.namesakeShare', 'more', '0.0002'),
    ('findings.dormantDays', 'less', '60'),
    ('findings.unusedDays', 'less', '42'),
    ('findings.ticketlessShare', 'less', '0.1'),
    ('findings.ticketlessTimes', 'less', '3'),
    ('findings.sessionsOfATicket', 'less', '12'),
    ('findings.peopleOfATicket', 'less', '5'),
    ('findings.freshTicketMinutes', 'more', '5'),
    ('findings.freshTickets', 'less', '4'),
    ('reasons', 'reasons', NULL)
$$;
--> statement-breakpoint
-- The ask that a rule is about, whatever its votes.
CREATE FUNCTION rule_about(rule jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT rule - ARRAY['votes', 'by']
$$;
--> statement-breakpoint
-- Whether one list holds all of another; what is absent holds everything.
CREATE FUNCTION holds_all(whole jsonb, part jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT whole IS NULL OR part IS NOT NULL AND jsonb_typeof(whole) = 'array' AND jsonb_typeof(part) = 'array' AND whole @> part
$$;
--> statement-breakpoint
-- Whether a value is as tight as the one before it, or tighter.
CREATE FUNCTION policy_as_tight(tighter text, was jsonb, will jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE kind text := jsonb_typeof(was) || ' ' || jsonb_typeof(will);
BEGIN
  IF was IS NOT DISTINCT FROM will THEN
    RETURN true;
  END IF;
  IF was IS NULL OR will IS NULL THEN
    RETURN false;
  END IF;
  CASE tighter
    WHEN 'less' THEN RETURN kind = 'number number' AND (will #>> '{}')::numeric < (was #>> '{}')::numeric;
    WHEN 'more' THEN RETURN kind = 'number number' AND (will #>> '{}')::numeric > (was #>> '{}')::numeric;
    WHEN 'true', 'false' THEN RETURN kind = 'boolean boolean' AND will #>> '{}' = tighter;
    WHEN 'asked' THEN RETURN kind = 'null number' OR kind = 'number number' AND (will #>> '{}')::numeric < (was #>> '{}')::numeric;
    WHEN 'set' THEN RETURN kind = 'null string';
    WHEN 'fewer' THEN RETURN kind = 'array array' AND was @> will;
    WHEN 'same' THEN RETURN false;
    -- Every rule before is there still, for at least as many votes of the same people.
    WHEN 'rules' THEN RETURN kind = 'array array' AND NOT EXISTS (
      SELECT 1 FROM jsonb_array_elements(was) b WHERE NOT EXISTS (
        SELECT 1 FROM jsonb_array_elements(will) a
        WHERE rule_about(a.value) @> rule_about(b.value) AND rule_about(b.value) @> rule_about(a.value)
          AND a.value ->> 'by' = b.value ->> 'by' AND (a.value ->> 'votes')::integer >= (b.value ->> 'votes')::integer));
    -- A team without a rule reaches everybody. One that has rules keeps some, and each is within one before.
    WHEN 'reach' THEN RETURN kind = 'array array' AND NOT EXISTS (
      SELECT 1 FROM jsonb_array_elements(was) t
      WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(will) a WHERE a.value ->> 'team' = t.value ->> 'team')
        OR EXISTS (SELECT 1 FROM jsonb_array_elements(will) a WHERE a.value ->> 'team' = t.value ->> 'team' AND NOT EXISTS (
          SELECT 1 FROM jsonb_array_elements(was) b WHERE b.value ->> 'team' = a.value ->> 'team'
            AND holds_all(b.value -> 'regions', a.value -> 'regions') AND holds_all(b.value -> 'tiers', a.value -> 'tiers')
            AND holds_all(b.value -> 'products', a.value -> 'products')
            AND holds_all(b.value -> 'subjectRoles', a.value -> 'subjectRoles'))));
    -- Each was a reason before, with the same basis and no ticket less. Labels and hints are words.
    WHEN 'reasons' THEN RETURN kind = 'array array' AND NOT EXISTS (
      SELECT 1 FROM jsonb_array_elements(will) a WHERE NOT EXISTS (
        SELECT 1 FROM jsonb_array_elements(was) b
        WHERE a.value - ARRAY['label', 'hint', 'ticket'] = b.value - ARRAY['label', 'hint', 'ticket']
          AND (a.value ->> 'ticket' = b.value ->> 'ticket' OR a.value ->> 'ticket' = 'required')));
    ELSE RETURN kind = 'string string' AND array_position(string_to_array(tighter, ' '), will #>> '{}')
      > array_position(string_to_array(tighter, ' '), was #>> '{}') IS TRUE;
  END CASE;
END $$;
--> statement-breakpoint
-- What is left of a body without the fields that are known, as path and value.
CREATE FUNCTION policy_rest(body jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH RECURSIVE part(path, value) AS (
    SELECT k.key, k.value FROM jsonb_each(body) k
    UNION ALL
    SELECT p.path || '.' || k.key, k.value FROM part p CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(p.value) WHEN 'object' THEN p.value ELSE '{}' END) k
    WHERE NOT EXISTS (SELECT 1 FROM policy_fields() f WHERE f.field = p.path))
  SELECT coalesce(jsonb_object_agg(path, value), '{}') FROM part p
  WHERE NOT EXISTS (SELECT 1 FROM policy_fields() f WHERE f.field = p.path OR f.field LIKE p.path || '.%')
$$;
--> statement-breakpoint
-- The fields in which a policy is looser than the one before, or might be. A second person accepts such a one.
CREATE FUNCTION policy_loosens(before jsonb, after jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(field ORDER BY field), '{}') FROM (
    SELECT f.field FROM policy_fields() f
    WHERE NOT coalesce(policy_as_tight(f.tighter,
      coalesce(before #> string_to_array(f.field, '.'), f.usual), coalesce(after #> string_to_array(f.field, '.'), f.usual)), false)
    UNION ALL
    -- What nobody knows here.
    SELECT 'else' WHERE policy_rest(before) <> policy_rest(after)) loose
$$;
--> statement-breakpoint

-- ---------- how a policy is changed ----------
CREATE FUNCTION hold_policy() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('policy', 0))
$$;
--> statement-breakpoint
-- Who changes holds the role until this is over: both rows are locked, in one order.
CREATE FUNCTION holds_policy_role(one uuid, other uuid, wanted text[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM staff WHERE id IN (one, other) ORDER BY id FOR SHARE;
  RETURN EXISTS (SELECT 1 FROM unnest(wanted) role WHERE holds_role(one, role));
END $$;
--> statement-breakpoint
-- The next version, by an admin, on record. What is looser refers to a proposal of just this that a second person
-- accepted while the same version was in force.
CREATE FUNCTION policy_versions_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now_ record; p proposals; loose text[]; wanted timestamptz;
BEGIN
  -- Whoever sets the product up brings the first rules.
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('decision_in_old_snapshot', 'A decision must see what was committed before it: use read committed');
  END IF;
  PERFORM hold_policy();
  IF NEW.version IS DISTINCT FROM (SELECT coalesce(max(version), 0) + 1 FROM policy_versions) THEN
    PERFORM refuse('policy_version_next', 'A version follows the last one');
  END IF;
  IF EXISTS (SELECT 1 FROM policy_versions v WHERE v.in_force_from > clock_timestamp()
    AND NOT EXISTS (SELECT 1 FROM policy_withdrawals w WHERE w.version = v.version)) THEN
    PERFORM refuse('policy_scheduled', 'One version at a time lies ahead: withdraw it first');
  END IF;
  IF NEW.entry_id IS NULL OR NEW.changed_by IS NULL OR char_length(trim(coalesce(NEW.reason, ''))) < 3 THEN
    PERFORM refuse('policy_change_without_entry', 'A policy is changed by somebody, for a reason, on record');
  END IF;
  SELECT * INTO STRICT now_ FROM policy_now;
  loose := policy_loosens(now_.body, NEW.body);
  NEW.changed_at := clock_timestamp();
  wanted := NEW.in_force_from;
  IF NEW.proposal_id IS NULL THEN
    IF NOT holds_policy_role(NEW.changed_by, NULL, '{admin}') THEN
      PERFORM refuse('policy_not_admin', 'Only an admin changes the policy');
    END IF;
    IF cardinality(loose) > 0 THEN
      PERFORM refuse('policy_second_person', 'A second person accepts what is looser: ' || array_to_string(loose, ', '));
    END IF;
  ELSE
    SELECT * INTO p FROM proposals WHERE id = NEW.proposal_id;
    IF p.id IS NULL OR p.kind <> 'policy' OR p.status <> 'accepted' OR p.decided_by IS DISTINCT FROM NEW.changed_by
      OR same_person(p.decided_by, p.proposed_by) IS NOT FALSE OR p.after -> 'body' IS DISTINCT FROM NEW.body
      OR p.before -> 'body' IS DISTINCT FROM now_.body OR (p.before ->> 'version')::integer IS DISTINCT FROM now_.version THEN
      PERFORM refuse('policy_second_person', 'A second person accepts just this, while what it follows is in force still');
    END IF;
    IF NOT holds_policy_role(p.proposed_by, p.decided_by, '{admin}') OR NOT holds_policy_role(p.decided_by, p.proposed_by, '{admin,compliance}') THEN
      PERFORM refuse('policy_not_admin', 'Only an admin changes the policy');
    END IF;
    wanted := (p.after ->> 'from')::timestamptz;
  END IF;
  NEW.in_force_from := greatest(wanted, NEW.changed_at);
  IF NEW.in_force_from > NEW.changed_at + interval '1 year' THEN
    PERFORM refuse('policy_too_far', 'A policy lies ahead by a year at most');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON policy_versions FOR EACH ROW EXECUTE FUNCTION policy_versions_insert();
--> statement-breakpoint
CREATE FUNCTION policy_versions_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE told jsonb; before jsonb;
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['policy.changed'], NULL, NULL, NEW.changed_by, NULL);
  SELECT body::jsonb INTO told FROM audit_payload WHERE entry_id = NEW.entry_id;
  SELECT body INTO before FROM policy_versions v WHERE v.version = (told ->> 'follows')::integer;
  IF told -> 'after' IS DISTINCT FROM NEW.body OR told -> 'before' IS DISTINCT FROM before
    OR told ->> 'reason' IS DISTINCT FROM NEW.reason OR (told ->> 'version')::integer IS DISTINCT FROM NEW.version THEN
    PERFORM refuse('policy_change_untold', 'The entry says what the policy was, what it is, and why');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON policy_versions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.entry_id IS NOT NULL) EXECUTE FUNCTION policy_versions_entries();
--> statement-breakpoint
CREATE FUNCTION policy_withdrawals_insert() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM hold_policy();
  NEW.withdrawn_at := clock_timestamp();
  IF NOT EXISTS (SELECT 1 FROM policy_versions v WHERE v.version = NEW.version AND v.in_force_from > NEW.withdrawn_at) THEN
    PERFORM refuse('policy_withdrawal_late', 'What is in force is followed by another, not withdrawn');
  END IF;
  IF NOT holds_policy_role(NEW.withdrawn_by, NULL, '{admin,compliance}') THEN
    PERFORM refuse('policy_not_admin', 'Only an admin changes the policy');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON policy_withdrawals FOR EACH ROW EXECUTE FUNCTION policy_withdrawals_insert();
--> statement-breakpoint
CREATE FUNCTION policy_withdrawals_entries() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM needs_entry(NEW.entry_id, ARRAY['policy.changed'], NULL, NULL, NEW.withdrawn_by, NULL);
  IF entry_denies(NEW.entry_id, 'withdrawn', NEW.version::text) OR EXISTS (SELECT 1 FROM policy_versions WHERE entry_id = NEW.entry_id) THEN
    PERFORM refuse('policy_change_untold', 'The entry says which version was withdrawn');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER INSERT ON policy_withdrawals DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION policy_withdrawals_entries();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON policy_withdrawals FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON policy_withdrawals FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE policy_versions ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER entries;
--> statement-breakpoint
ALTER TABLE policy_withdrawals ENABLE ALWAYS TRIGGER guard_insert, ENABLE ALWAYS TRIGGER entries,
  ENABLE ALWAYS TRIGGER append_only, ENABLE ALWAYS TRIGGER append_only_all;
--> statement-breakpoint
GRANT INSERT ON policy_versions TO :runtime:;
--> statement-breakpoint
GRANT SELECT, INSERT ON policy_withdrawals TO :runtime:;
--> statement-breakpoint
GRANT SELECT ON policy_now TO :runtime:;
--> statement-breakpoint
REVOKE ALL ON FUNCTION policy_version_in_force(), policy_fields(), rule_about(jsonb), holds_all(jsonb, jsonb), policy_as_tight(text, jsonb, jsonb),
  policy_loosens(jsonb, jsonb), policy_rest(jsonb), hold_policy(), holds_policy_role(uuid, uuid, text[]), policy_versions_insert(),
  policy_versions_entries(), policy_withdrawals_insert(), policy_withdrawals_entries() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION policy_version_in_force(), policy_fields(), rule_about(jsonb), holds_all(jsonb, jsonb), policy_as_tight(text, jsonb, jsonb),
  policy_loosens(jsonb, jsonb), policy_rest(jsonb), hold_policy(), holds_policy_role(uuid, uuid, text[]) TO :runtime:;
