-- Staff, their roles and the global stop, changed in the panel by an admin: on record, for others only, and so that the
-- entry names whom it is about.
ALTER TABLE "staff" ADD COLUMN "changed_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "staff_roles" ADD COLUMN "granted_entry_id" uuid;
--> statement-breakpoint
ALTER TABLE "staff_roles" ADD COLUMN "revoked_entry_id" uuid;
--> statement-breakpoint
CREATE INDEX "staff_name" ON "staff" USING btree ("name","id");
--> statement-breakpoint
CREATE INDEX "staff_roles_of" ON "staff_roles" USING btree ("staff_id");
--> statement-breakpoint
-- One entry for one change.
CREATE UNIQUE INDEX staff_own_entry ON staff (changed_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX staff_roles_own_grant ON staff_roles (granted_entry_id);
--> statement-breakpoint
CREATE UNIQUE INDEX staff_roles_own_revocation ON staff_roles (revoked_entry_id);
--> statement-breakpoint
ALTER TABLE staff ADD CONSTRAINT staff_changed_entry FOREIGN KEY (changed_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE staff_roles ADD CONSTRAINT staff_roles_granted_entry FOREIGN KEY (granted_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT staff_roles_revoked_entry FOREIGN KEY (revoked_entry_id) REFERENCES audit_entry (id) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint

-- Whether the statement comes from the owner of the table: whoever sets the product up answers for it elsewhere.
CREATE FUNCTION by_owner(of_table oid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM pg_class WHERE oid = of_table AND pg_get_userbyid(relowner) = current_user)
$$;
--> statement-breakpoint
-- An admin's entry of this transaction about this person (and role); gives the admin. Both rows are locked, in one
-- order, so that an admin who loses the role meanwhile is before this change or after it.
CREATE FUNCTION admin_entry(entry uuid, names text[], person uuid, role text DEFAULT NULL) RETURNS uuid
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
  IF admin = person THEN
    PERFORM refuse('staff_change_own', 'Nobody changes who they are themselves');
  END IF;
  IF NOT holds_role(admin, 'admin') THEN
    PERFORM refuse('staff_change_not_admin', 'Only an active admin changes staff');
  END IF;
  RETURN admin;
END $$;
--> statement-breakpoint
CREATE FUNCTION staff_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    PERFORM admin_entry(NEW.changed_entry_id, ARRAY['staff.added'], NEW.id);
    NEW.status := 'active';
    NEW.deactivated_at := NULL;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
  END IF;
  PERFORM admin_entry(NEW.changed_entry_id, CASE
    WHEN NEW.status = OLD.status THEN ARRAY['staff.changed']
    WHEN NEW.status = 'deactivated' THEN ARRAY['staff.withdrawn']
    ELSE ARRAY['staff.restored'] END, NEW.id);
  NEW.deactivated_at := CASE WHEN NEW.status = 'active' THEN NULL ELSE coalesce(OLD.deactivated_at, clock_timestamp()) END;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard_insert BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION staff_change();
--> statement-breakpoint
CREATE TRIGGER guard_update BEFORE UPDATE ON staff FOR EACH ROW
  WHEN ((OLD.name, OLD.email, OLD.team, OLD.zone, OLD.manager_id, OLD.status, OLD.deactivated_at, OLD.created_at, OLD.changed_entry_id)
    IS DISTINCT FROM (NEW.name, NEW.email, NEW.team, NEW.zone, NEW.manager_id, NEW.status, NEW.deactivated_at, NEW.created_at, NEW.changed_entry_id))
  EXECUTE FUNCTION staff_change();
--> statement-breakpoint
-- "guard" comes before "hold" by name, so that the two people are locked in one order.
CREATE FUNCTION staff_roles_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.revoked_at IS NOT NULL OR NEW.revoked_by IS NOT NULL OR NEW.revoked_entry_id IS NOT NULL THEN
      PERFORM refuse('staff_role_starts_held', 'A role is held before it is taken');
    END IF;
    NEW.granted_by := admin_entry(NEW.granted_entry_id, ARRAY['role.granted'], NEW.staff_id, NEW.role);
    NEW.granted_at := clock_timestamp();
    RETURN NEW;
  END IF;
  IF OLD.revoked_at IS NOT NULL
    OR to_jsonb(NEW) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] <> to_jsonb(OLD) - ARRAY['revoked_at', 'revoked_by', 'revoked_entry_id'] THEN
    PERFORM refuse('staff_role_frozen', 'A grant of a role is taken once and never changed');
  END IF;
  NEW.revoked_by := admin_entry(NEW.revoked_entry_id, ARRAY['role.revoked'], NEW.staff_id, NEW.role);
  NEW.revoked_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON staff_roles FOR EACH ROW EXECUTE FUNCTION staff_roles_change();
--> statement-breakpoint
CREATE FUNCTION global_stops_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.started_by ELSE NEW.lifted_by END;
BEGIN
  IF by_owner(TG_RELID) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.lifted_at IS NOT NULL OR NEW.lifted_by IS NOT NULL THEN
      PERFORM refuse('global_stop_starts_in_force', 'A stop is in force before it is lifted');
    END IF;
    NEW.started_at := clock_timestamp();
  ELSE
    IF OLD.lifted_at IS NOT NULL
      OR to_jsonb(NEW) - ARRAY['lifted_at', 'lifted_by', 'lifted_entry_id'] <> to_jsonb(OLD) - ARRAY['lifted_at', 'lifted_by', 'lifted_entry_id'] THEN
      PERFORM refuse('global_stop_frozen', 'A stop is lifted once and never changed');
    END IF;
    NEW.lifted_at := clock_timestamp();
  END IF;
  PERFORM 1 FROM staff WHERE id = who FOR SHARE;
  IF who IS NULL OR NOT holds_role(who, 'admin') THEN
    PERFORM refuse('global_stop_not_admin', 'Only an active admin stops everything or lifts it');
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON global_stops FOR EACH ROW EXECUTE FUNCTION global_stops_change();
--> statement-breakpoint
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT tg.tgname, c.relname FROM pg_trigger tg JOIN pg_class c ON c.oid = tg.tgrelid
    WHERE NOT tg.tgisinternal AND c.relname IN ('staff', 'staff_roles', 'global_stops') AND c.relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', t.relname, t.tgname);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_event_known, ADD CONSTRAINT audit_entry_event_known CHECK (event IN (
  'sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated',
  'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled',
  'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended',
  'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write',
  'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused',
  'sign_in.end_refused', 'identity.bound', 'identity.released',
  'staff.added', 'staff.changed', 'role.granted', 'role.revoked', 'settings.refused'));
--> statement-breakpoint
GRANT INSERT ON staff, staff_roles, global_stops TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (name, team, zone, manager_id, status, deactivated_at, changed_entry_id) ON staff TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (revoked_at, revoked_by, revoked_entry_id) ON staff_roles TO :runtime:;
--> statement-breakpoint
GRANT UPDATE (lifted_at, lifted_by, lifted_entry_id) ON global_stops TO :runtime:;
