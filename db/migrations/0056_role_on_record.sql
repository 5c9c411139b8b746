-- Whom a team may stand in for may hang on who somebody is in their account (`reach_rules`): that changes on record too.
DROP TRIGGER entries ON subjects;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER entries AFTER UPDATE ON subjects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.account_id, OLD.email, OLD.role, OLD.is_owner, OLD.status, OLD.kind)
    IS DISTINCT FROM (NEW.account_id, NEW.email, NEW.role, NEW.is_owner, NEW.status, NEW.kind)) EXECUTE FUNCTION directory_entry();
--> statement-breakpoint
ALTER TABLE subjects ENABLE ALWAYS TRIGGER entries;
