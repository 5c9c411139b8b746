-- An admin is made by two; and what groups of the company's issuer say of who may do what.
CREATE TABLE "issuer_groups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_name" text NOT NULL,
	"role" text NOT NULL,
	"looking_only" boolean DEFAULT false NOT NULL,
	"mapped_at" timestamp with time zone DEFAULT now() NOT NULL,
	"mapped_by" uuid NOT NULL,
	"mapped_entry_id" uuid NOT NULL,
	"unmapped_at" timestamp with time zone,
	"unmapped_by" uuid,
	"unmapped_entry_id" uuid,
	CONSTRAINT "issuer_groups_name" CHECK (char_length("issuer_groups"."group_name") between 1 and 200),
	CONSTRAINT "issuer_groups_role" CHECK ("issuer_groups"."role" in ('agent', 'manager', 'compliance', 'admin')),
	CONSTRAINT "issuer_groups_looking_only" CHECK (not "issuer_groups"."looking_only" or "issuer_groups"."role" = 'agent'),
	CONSTRAINT "issuer_groups_unmapped" CHECK (("issuer_groups"."unmapped_at" is null) = ("issuer_groups"."unmapped_by" is null) and ("issuer_groups"."unmapped_at" is null) = ("issuer_groups"."unmapped_entry_id" is null))
);
--> statement-breakpoint
ALTER TABLE "issuer_groups" ADD CONSTRAINT "issuer_groups_mapped_by_staff_id_fk" FOREIGN KEY ("mapped_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "issuer_groups" ADD CONSTRAINT "issuer_groups_unmapped_by_staff_id_fk" FOREIGN KEY ("unmapped_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE issuer_groups ADD CONSTRAINT issuer_groups_mapped_entry FOREIGN KEY (mapped_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT issuer_groups_unmapped_entry FOREIGN KEY (unmapped_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE UNIQUE INDEX "issuer_groups_once" ON "issuer_groups" USING btree ("group_name","role") WHERE "issuer_groups"."unmapped_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX issuer_groups_own_mapping ON issuer_groups (mapped_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX issuer_groups_own_unmapping ON issuer_groups (unmapped_entry_id);
--> statement-breakpoint
-- The group by which somebody holds a role; null: given by a person, or when the product was set up.
ALTER TABLE "staff_roles" ADD COLUMN "issuer_group" text;
--> statement-breakpoint
CREATE INDEX "staff_roles_by_group" ON "staff_roles" USING btree ("issuer_group") WHERE "staff_roles"."issuer_group" is not null and "staff_roles"."revoked_at" is null;
--> statement-breakpoint

-- As before, and nobody changes another row of the same person either.
CREATE OR REPLACE FUNCTION admin_entry(entry uuid, names text[], person uuid, role text DEFAULT NULL) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE admin uuid;
BEGIN
  SELECT e.actor_id INTO admin FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
    WHERE e.id = entry AND e.event = ANY (names) AND e.xact = pg_current_xact_id()::text
      AND p.body::jsonb ->> 'person' = person::text AND (role IS NULL OR p.body::jsonb ->> 'role' = role);
  IF admin IS NULL THEN
    PERFORM refuse('staff_change_without_entry', 'Staff and roles change with an entry about it, of the same transaction: ' || array_to_string(names, ' or '));
  END IF;
  PERFORM 1 FROM staff WHERE id IN (person, admin) ORDER BY id FOR NO KEY UPDATE;
  IF coalesce(same_person(admin, person), false) THEN
    PERFORM refuse('staff_change_own', 'Nobody changes who they are themselves');
  END IF;
  IF NOT holds_role(admin, 'admin') THEN
    PERFORM refuse('staff_change_not_admin', 'Only an active admin changes staff');
  END IF;
  RETURN admin;
END $$;
--> statement-breakpoint
-- Whether a second admin accepted, in this transaction, what an entry says that it carries out.
CREATE FUNCTION accepted_by_two(entry uuid, decider uuid, person uuid, wanted jsonb) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM proposals p JOIN audit_entry e ON e.id = p.decided_entry_id
    WHERE p.id::text = entry_says(entry, 'proposal') AND p.kind = 'role' AND p.status = 'accepted' AND p.decided_by = decider
      AND p.staff_id IS NOT DISTINCT FROM person AND p.after @> wanted AND e.xact = pg_current_xact_id()::text)
$$;
--> statement-breakpoint
-- Whether the policy wants that whoever gives a role proved lately who they are, and no sign-in of this admin does.
CREATE FUNCTION role_change_stale(admin uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT NOT EXISTS (SELECT 1 FROM staff_sign_ins i WHERE i.staff_id = admin AND i.ended_at IS NULL
        AND fresh_refusal(i.id, (p.body #>> '{freshSignIn,roleChange}')::integer, p.body #>> '{freshSignIn,acr}') IS NULL)
    FROM policy_now p WHERE p.body #>> '{freshSignIn,roleChange}' IS NOT NULL), false)
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION accepted_by_two(uuid, uuid, uuid, jsonb), role_change_stale(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION accepted_by_two(uuid, uuid, uuid, jsonb), role_change_stale(uuid) TO :runtime:;
--> statement-breakpoint
-- What a group gives or takes: an entry of this transaction that names it, about this person and role.
CREATE FUNCTION group_entry(entry uuid, wanted text, person uuid, held text, by_group text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit_entry e JOIN audit_payload p ON p.entry_id = e.id
    WHERE e.id = entry AND e.event = wanted AND e.xact = pg_current_xact_id()::text AND p.body::jsonb ->> 'person' = person::text
      AND p.body::jsonb ->> 'role' = held AND p.body::jsonb ->> 'issuer_group' = by_group) THEN
    PERFORM refuse('staff_change_without_entry', 'A group gives and takes a role with an entry about it, of the same transaction: ' || wanted);
  END IF;
  -- In one order, and every admin where one may be the last.
  PERFORM 1 FROM staff WHERE id = person OR held = 'admin' AND id IN (SELECT staff_id FROM roles_held WHERE role = 'admin')
    ORDER BY id FOR NO KEY UPDATE;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION group_entry(uuid, text, uuid, text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION group_entry(uuid, text, uuid, text, text) TO :runtime:;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION staff_roles_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE d review_decisions; g staff_roles;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.revoked_at IS NOT NULL OR NEW.revoked_by IS NOT NULL OR NEW.revoked_entry_id IS NOT NULL THEN
      PERFORM refuse('staff_role_starts_held', 'A role is held before it is taken');
    END IF;
    IF coalesce(entry_says(NEW.granted_entry_id, 'looking_only'), 'false') <> NEW.looking_only::text THEN
      PERFORM refuse('staff_role_scope', 'The entry of a grant says whether it is for looking only');
    END IF;
    NEW.granted_at := clock_timestamp();
    IF NEW.issuer_group IS NOT NULL THEN
      PERFORM group_entry(NEW.granted_entry_id, 'role.granted', NEW.staff_id, NEW.role, NEW.issuer_group);
      PERFORM 1 FROM issuer_groups m WHERE m.group_name = NEW.issuer_group AND m.role = NEW.role AND m.looking_only = NEW.looking_only
        AND m.unmapped_at IS NULL FOR SHARE;
      IF NOT FOUND THEN
        PERFORM refuse('staff_role_not_mapped', 'This group gives no such role');
      END IF;
      IF NOT EXISTS (SELECT 1 FROM staff_identities WHERE staff_id = NEW.staff_id AND released_at IS NULL) THEN
        PERFORM refuse('staff_role_not_bound', 'Groups are of who is known to the issuer');
      END IF;
      NEW.granted_by := NULL;
      RETURN NEW;
    END IF;
    IF entry_says(NEW.granted_entry_id, 'review_decision') IS NULL THEN
      NEW.granted_by := admin_entry(NEW.granted_entry_id, ARRAY['role.granted'], NEW.staff_id, NEW.role);
      IF role_change_stale(NEW.granted_by) THEN
        PERFORM refuse('staff_role_stale_sign_in', 'Who gives a role must have proved lately who they are');
      END IF;
      IF NEW.role = 'admin' AND NOT accepted_by_two(NEW.granted_entry_id, NEW.granted_by, NEW.staff_id, jsonb_build_object('roles', jsonb_build_array('admin'))) THEN
        PERFORM refuse('staff_role_admin_by_one', 'An admin is made by two: one proposes, another accepts');
      END IF;
      RETURN NEW;
    END IF;
    -- What is left of a grant that a review narrowed. Who narrowed it gave nothing: it is still of whoever gave it.
    d := review_entry(NEW.granted_entry_id, 'role.granted', NEW.staff_id, NEW.role);
    SELECT r.* INTO g FROM staff_roles r JOIN review_items i ON i.grant_id = r.id WHERE i.decision_id = d.id;
    IF d.decision <> 'change' OR NOT NEW.looking_only OR entry_says(g.revoked_entry_id, 'review_decision') IS DISTINCT FROM d.id::text THEN
      PERFORM refuse('staff_change_without_decision', 'A review leaves looking where it took acting, and gives nothing else');
    END IF;
    NEW.granted_by := g.granted_by;
    RETURN NEW;
  END IF;
  IF OLD.revoked_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] <> to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] THEN
    PERFORM refuse('staff_role_frozen', 'A grant of a role is taken once and never changed');
  END IF;
  IF entry_says(NEW.revoked_entry_id, 'review_decision') IS NOT NULL THEN
    d := review_entry(NEW.revoked_entry_id, 'role.revoked', NEW.staff_id, NEW.role);
    IF d.decision NOT IN ('change', 'revoke') OR NOT EXISTS (SELECT 1 FROM review_items WHERE decision_id = d.id AND grant_id = OLD.id) THEN
      PERFORM refuse('staff_change_without_decision', 'A review takes the right that was decided on, and no other');
    END IF;
    IF last_admin(OLD.staff_id, OLD.role) THEN
      PERFORM refuse('review_last_admin', 'No review takes the right of the last active admin');
    END IF;
    NEW.revoked_by := d.decided_by;
  ELSIF entry_says(NEW.revoked_entry_id, 'issuer_group') IS NOT NULL THEN
    -- A role that was given by hand names no group, so that none takes it.
    PERFORM group_entry(NEW.revoked_entry_id, 'role.revoked', NEW.staff_id, NEW.role, OLD.issuer_group);
    IF last_admin(OLD.staff_id, OLD.role) THEN
      PERFORM refuse('staff_role_last_admin', 'No group takes the role of the last active admin');
    END IF;
    NEW.revoked_by := NULL;
  ELSE
    NEW.revoked_by := admin_entry(NEW.revoked_entry_id, ARRAY['role.revoked'], NEW.staff_id, NEW.role);
  END IF;
  NEW.revoked_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint

-- Mapped and unmapped by an admin, on record; what gives the run of the product, or of its record, is mapped by two.
CREATE FUNCTION issuer_groups_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.mapped_by ELSE NEW.unmapped_by END;
  entry uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.mapped_entry_id ELSE NEW.unmapped_entry_id END;
BEGIN
  IF TG_OP = 'INSERT' AND NEW.unmapped_at IS NOT NULL THEN
    PERFORM refuse('issuer_group_starts_mapped', 'A group is mapped before it is unmapped');
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.unmapped_at IS NOT NULL OR NEW.unmapped_at IS NULL
    OR to_jsonb(NEW) - ARRAY['unmapped_at', 'unmapped_by', 'unmapped_entry_id'] <> to_jsonb(OLD) - ARRAY['unmapped_at', 'unmapped_by', 'unmapped_entry_id']) THEN
    PERFORM refuse('issuer_group_frozen', 'A mapping is taken back once and never changed');
  END IF;
  PERFORM 1 FROM staff WHERE id = who FOR NO KEY UPDATE;
  IF NOT coalesce(holds_role(who, 'admin'), false) THEN
    PERFORM refuse('issuer_group_not_admin', 'Only an active admin maps groups');
  END IF;
  PERFORM needs_entry(entry, ARRAY[CASE TG_OP WHEN 'INSERT' THEN 'group.mapped' ELSE 'group.unmapped' END], NULL, NULL, who, NULL);
  IF entry_says(entry, 'group') IS DISTINCT FROM NEW.group_name OR entry_says(entry, 'role') IS DISTINCT FROM NEW.role THEN
    PERFORM refuse('issuer_group_without_entry', 'The entry of a mapping names its group and role');
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF role_change_stale(who) THEN
      PERFORM refuse('staff_role_stale_sign_in', 'Who gives a role must have proved lately who they are');
    END IF;
    IF NEW.role IN ('admin', 'compliance')
      AND NOT accepted_by_two(entry, who, NULL, jsonb_build_object('group', NEW.group_name, 'role', NEW.role)) THEN
      PERFORM refuse('issuer_group_by_one', 'Such a mapping is made by two: one proposes, another accepts');
    END IF;
    NEW.mapped_at := clock_timestamp();
  ELSE
    NEW.unmapped_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION issuer_groups_guard() FROM PUBLIC;
--> statement-breakpoint
REVOKE ALL ON issuer_groups FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON issuer_groups FOR EACH ROW EXECUTE FUNCTION issuer_groups_guard();
--> statement-breakpoint
CREATE TRIGGER never_deleted BEFORE DELETE ON issuer_groups FOR EACH ROW EXECUTE FUNCTION append_only();
--> statement-breakpoint
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON issuer_groups FOR EACH STATEMENT EXECUTE FUNCTION append_only();
--> statement-breakpoint
ALTER TABLE issuer_groups ENABLE ALWAYS TRIGGER guard, ENABLE ALWAYS TRIGGER never_deleted, ENABLE ALWAYS TRIGGER never_truncated;
--> statement-breakpoint
GRANT SELECT, INSERT ON issuer_groups TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (unmapped_at, unmapped_by, unmapped_entry_id) ON issuer_groups TO :runtime:;
