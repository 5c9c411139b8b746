-- Who approves is asked for by every page of an agent, and how many writes a session had by every list of sessions: without
-- these the one reads the roles of the whole staff, the other all that was looked at in the session.
CREATE INDEX staff_roles_current ON staff_roles (role, staff_id) WHERE revoked_at IS NULL;
--> statement-breakpoint
CREATE INDEX actions_writes ON actions (session_id) WHERE phase = 'attempt';
