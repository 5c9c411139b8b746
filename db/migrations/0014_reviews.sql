CREATE SEQUENCE "public"."finding_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 201 CACHE 1;--> statement-breakpoint
CREATE TABLE "finding_sessions" (
	"finding_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	CONSTRAINT "finding_sessions_pkey" PRIMARY KEY("finding_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer DEFAULT nextval('finding_numbers') NOT NULL,
	"detector" text NOT NULL,
	"pattern" text NOT NULL,
	"actor_id" uuid NOT NULL,
	"other_id" uuid,
	"subject_id" uuid,
	"account_id" uuid,
	"explanation" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"asked_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"answer" text,
	"note" text,
	"disposed_by" uuid,
	"disposed_at" timestamp with time zone,
	"raised_entry_id" uuid NOT NULL,
	"changed_entry_id" uuid,
	"disposed_entry_id" uuid,
	CONSTRAINT "findings_number_unique" UNIQUE("number"),
	CONSTRAINT "findings_pattern" UNIQUE("pattern"),
	CONSTRAINT "findings_detector" CHECK ("findings"."detector" in ('many_accounts', 'outside_hours', 'same_subject', 'no_ticket', 'unusual_writes', 'near_to_actor', 'vip', 'same_pair', 'quick_approval', 'refusals', 'dormant', 'break_glass', 'look_closer')),
	CONSTRAINT "findings_status" CHECK ("findings"."status" in ('open', 'explained', 'coaching', 'incident')),
	CONSTRAINT "findings_not_by_the_actor" CHECK ("findings"."disposed_by" <> "findings"."actor_id"),
	CONSTRAINT "findings_disposed" CHECK (("findings"."status" = 'open') = ("findings"."disposed_at" is null) and ("findings"."disposed_at" is null) = ("findings"."disposed_by" is null) and ("findings"."disposed_at" is null) = ("findings"."note" is null) and ("findings"."disposed_at" is null) = ("findings"."disposed_entry_id" is null)),
	CONSTRAINT "findings_answered" CHECK (("findings"."answer" is null) = ("findings"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "entry_readers" (
	"name" text PRIMARY KEY NOT NULL,
	"seen" bigint DEFAULT 0 NOT NULL,
	"aim" bigint,
	"since" timestamp with time zone NOT NULL,
	"looked_at" timestamp with time zone,
	"begun_below" bigint,
	"after_at" timestamp with time zone NOT NULL,
	"after_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"zone" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"through_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"opened_by" uuid,
	"due_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"query" text NOT NULL,
	"counts" jsonb NOT NULL,
	"policy_version" integer NOT NULL,
	"seed" integer NOT NULL,
	"opened_entry_id" uuid NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" uuid,
	"statement" text,
	"closed_entry_id" uuid,
	CONSTRAINT "campaigns_slug_unique" UNIQUE("slug"),
	CONSTRAINT "campaigns_status" CHECK ("campaigns"."status" in ('open', 'closed')),
	CONSTRAINT "campaigns_days" CHECK ("campaigns"."first_day" <= "campaigns"."last_day" and "campaigns"."starts_at" < "campaigns"."ends_at"),
	CONSTRAINT "campaigns_through" CHECK ("campaigns"."through_at" = least("campaigns"."ends_at", "campaigns"."opened_at")),
	CONSTRAINT "campaigns_closed" CHECK (("campaigns"."status" = 'closed') = ("campaigns"."closed_at" is not null) and ("campaigns"."closed_at" is null) = ("campaigns"."closed_by" is null) and ("campaigns"."closed_at" is null) = ("campaigns"."statement" is null) and ("campaigns"."closed_at" is null) = ("campaigns"."closed_entry_id" is null))
);
--> statement-breakpoint
CREATE TABLE "review_assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"reviewer_id" uuid,
	"how" text,
	"assigned_by" uuid,
	"reason" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "review_assignments_how" CHECK ("review_assignments"."how" in ('manager', 'higher_manager', 'other_manager', 'compliance', 'handed_on'))
);
--> statement-breakpoint
CREATE TABLE "review_corrections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"item_id" uuid,
	"correction" text NOT NULL,
	"made_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "review_corrections_length" CHECK (char_length(trim("review_corrections"."correction")) >= 10)
);
--> statement-breakpoint
CREATE TABLE "review_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"justification" text NOT NULL,
	"decided_by" uuid,
	"decided_as" text,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sign_in_how" text,
	"sign_in_age" integer,
	"conflict_check" text NOT NULL,
	"seconds" integer,
	"in_bulk" boolean DEFAULT false NOT NULL,
	"sample_opened" integer DEFAULT 0 NOT NULL,
	"sample_size" integer DEFAULT 0 NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "review_decisions_entry_id_unique" UNIQUE("entry_id"),
	CONSTRAINT "review_decisions_decision" CHECK ("review_decisions"."decision" in ('keep', 'change', 'revoke')),
	CONSTRAINT "review_decisions_as" CHECK ("review_decisions"."decided_as" in ('agent', 'manager', 'compliance', 'admin')),
	CONSTRAINT "review_decisions_justified" CHECK (char_length(trim("review_decisions"."justification")) >= 10)
);
--> statement-breakpoint
CREATE TABLE "review_exceptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"expires_on" date NOT NULL,
	"reason" text NOT NULL,
	"made_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "review_exceptions_item_id_unique" UNIQUE("item_id"),
	CONSTRAINT "review_exceptions_reason" CHECK (char_length(trim("review_exceptions"."reason")) >= 10)
);
--> statement-breakpoint
CREATE TABLE "review_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"grant_id" uuid NOT NULL,
	"staff_id" uuid NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"team" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"deactivated_at" timestamp with time zone,
	"manager_id" uuid,
	"manager_name" text,
	"role" text NOT NULL,
	"permissions" text[] NOT NULL,
	"scopes" text[] NOT NULL,
	"privileged" boolean NOT NULL,
	"source" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"granted_by" uuid,
	"granted_by_name" text,
	"ended_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"sessions" integer DEFAULT 0 NOT NULL,
	"break_glass" integer DEFAULT 0 NOT NULL,
	"open_findings" integer DEFAULT 0 NOT NULL,
	"reviewer_id" uuid,
	"reviewer_how" text,
	"decision_id" uuid,
	"decision" text,
	"remediated_at" timestamp with time zone,
	CONSTRAINT "review_items_number" UNIQUE("campaign_id","number"),
	CONSTRAINT "review_items_grant" UNIQUE("campaign_id","grant_id"),
	CONSTRAINT "review_items_role" CHECK ("review_items"."role" in ('agent', 'manager', 'compliance', 'admin')),
	CONSTRAINT "review_items_kind" CHECK ("review_items"."kind" in ('person', 'service')),
	CONSTRAINT "review_items_status" CHECK ("review_items"."status" in ('active', 'deactivated')),
	CONSTRAINT "review_items_source" CHECK ("review_items"."source" in ('set_up', 'panel', 'command', 'issuer_group')),
	CONSTRAINT "review_items_reviewer_how" CHECK ("review_items"."reviewer_how" in ('manager', 'higher_manager', 'other_manager', 'compliance', 'handed_on')),
	CONSTRAINT "review_items_decision" CHECK ("review_items"."decision" in ('keep', 'change', 'revoke')),
	CONSTRAINT "review_items_not_ones_own" CHECK ("review_items"."reviewer_id" <> "review_items"."staff_id"),
	CONSTRAINT "review_items_not_ones_grant" CHECK ("review_items"."reviewer_id" <> "review_items"."granted_by"),
	CONSTRAINT "review_items_reviewer" CHECK (("review_items"."reviewer_id" is null) = ("review_items"."reviewer_how" is null)),
	CONSTRAINT "review_items_decided" CHECK (("review_items"."decision_id" is null) = ("review_items"."decision" is null))
);
--> statement-breakpoint
CREATE TABLE "review_looks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"reader_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_packs" (
	"campaign_id" uuid PRIMARY KEY NOT NULL,
	"manifest" text NOT NULL,
	"signature" text NOT NULL,
	"public_key" jsonb NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_remediations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"item_id" uuid NOT NULL,
	"decision_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"what" text NOT NULL,
	"owner_id" uuid,
	"due_on" date,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_by" uuid,
	"done_at" timestamp with time zone,
	"verified_how" text,
	"result" text,
	"verified_at" timestamp with time zone,
	"entry_id" uuid NOT NULL,
	"verified_entry_id" uuid,
	CONSTRAINT "review_remediations_kind" CHECK ("review_remediations"."kind" in ('role_revoked', 'looking_only', 'outside')),
	CONSTRAINT "review_remediations_result" CHECK ("review_remediations"."result" in ('refused', 'still_possible', 'given_anew')),
	CONSTRAINT "review_remediations_outside" CHECK (("review_remediations"."kind" = 'outside') = ("review_remediations"."owner_id" is not null) and ("review_remediations"."owner_id" is null) = ("review_remediations"."due_on" is null)),
	CONSTRAINT "review_remediations_verified" CHECK (("review_remediations"."result" is null) = ("review_remediations"."verified_at" is null) and ("review_remediations"."result" is null) = ("review_remediations"."verified_how" is null) and ("review_remediations"."result" is null) = ("review_remediations"."verified_entry_id" is null))
);
--> statement-breakpoint
CREATE TABLE "review_reminders" (
	"campaign_id" uuid NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"open" integer NOT NULL,
	"sent_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "review_reminders_pkey" PRIMARY KEY("campaign_id","reviewer_id","day"),
	CONSTRAINT "review_reminders_kind" CHECK ("review_reminders"."kind" in ('weekly', 'three_days', 'one_day', 'due', 'late'))
);
--> statement-breakpoint
CREATE TABLE "review_samples" (
	"item_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"why" text NOT NULL,
	"opened_at" timestamp with time zone,
	"opened_by" uuid,
	"opened_entry_id" uuid,
	CONSTRAINT "review_samples_pkey" PRIMARY KEY("item_id","session_id"),
	CONSTRAINT "review_samples_why" CHECK ("review_samples"."why" in ('break_glass', 'finding', 'chance'))
);
--> statement-breakpoint
CREATE TABLE "roster_comparisons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"campaign_id" uuid NOT NULL,
	"source" text NOT NULL,
	"file_name" text,
	"sha256" text NOT NULL,
	"lines" integer NOT NULL,
	"in_both" integer NOT NULL,
	"only_in_roster" jsonb NOT NULL,
	"only_in_panel" jsonb NOT NULL,
	"differ" jsonb NOT NULL,
	"compared_by" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_entry" DROP CONSTRAINT "audit_entry_event_known";--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "kind" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD COLUMN "looking_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "finding_sessions" ADD CONSTRAINT "finding_sessions_finding_id_findings_id_fk" FOREIGN KEY ("finding_id") REFERENCES "public"."findings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "finding_sessions" ADD CONSTRAINT "finding_sessions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_actor_id_staff_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_other_id_staff_id_fk" FOREIGN KEY ("other_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "findings" ADD CONSTRAINT "findings_disposed_by_staff_id_fk" FOREIGN KEY ("disposed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_policy_version_policy_versions_version_fk" FOREIGN KEY ("policy_version") REFERENCES "public"."policy_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "campaigns" ADD CONSTRAINT "campaigns_closed_by_staff_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_reviewer_id_staff_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_assigned_by_staff_id_fk" FOREIGN KEY ("assigned_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_corrections" ADD CONSTRAINT "review_corrections_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_corrections" ADD CONSTRAINT "review_corrections_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_corrections" ADD CONSTRAINT "review_corrections_made_by_staff_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_decided_by_staff_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_exceptions" ADD CONSTRAINT "review_exceptions_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_exceptions" ADD CONSTRAINT "review_exceptions_owner_id_staff_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_exceptions" ADD CONSTRAINT "review_exceptions_made_by_staff_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_grant_id_staff_roles_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."staff_roles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_manager_id_staff_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_granted_by_staff_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_items" ADD CONSTRAINT "review_items_reviewer_id_staff_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_looks" ADD CONSTRAINT "review_looks_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_looks" ADD CONSTRAINT "review_looks_reader_id_staff_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_packs" ADD CONSTRAINT "review_packs_campaign" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_remediations" ADD CONSTRAINT "review_remediations_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_remediations" ADD CONSTRAINT "review_remediations_decision_id_review_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."review_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_remediations" ADD CONSTRAINT "review_remediations_owner_id_staff_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_remediations" ADD CONSTRAINT "review_remediations_done_by_staff_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_reminders" ADD CONSTRAINT "review_reminders_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_reminders" ADD CONSTRAINT "review_reminders_reviewer_id_staff_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_reminders" ADD CONSTRAINT "review_reminders_sent_by_staff_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_samples" ADD CONSTRAINT "review_samples_item_id_review_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."review_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_samples" ADD CONSTRAINT "review_samples_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_samples" ADD CONSTRAINT "review_samples_opened_by_staff_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_comparisons" ADD CONSTRAINT "roster_comparisons_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster_comparisons" ADD CONSTRAINT "roster_comparisons_compared_by_staff_id_fk" FOREIGN KEY ("compared_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "finding_sessions_session" ON "finding_sessions" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "findings_newest" ON "findings" USING btree ("last_at","id");--> statement-breakpoint
CREATE INDEX "findings_actor" ON "findings" USING btree ("actor_id","last_at","id");--> statement-breakpoint
CREATE INDEX "findings_open" ON "findings" USING btree ("due_at","id") WHERE "findings"."status" = 'open';--> statement-breakpoint
CREATE INDEX "campaigns_newest" ON "campaigns" USING btree ("first_day","id");--> statement-breakpoint
CREATE INDEX "campaigns_open" ON "campaigns" USING btree ("due_at") WHERE "campaigns"."status" = 'open';--> statement-breakpoint
CREATE INDEX "review_assignments_of" ON "review_assignments" USING btree ("item_id","at");--> statement-breakpoint
CREATE INDEX "review_corrections_of" ON "review_corrections" USING btree ("campaign_id","at");--> statement-breakpoint
CREATE INDEX "review_decisions_of" ON "review_decisions" USING btree ("item_id","decided_at");--> statement-breakpoint
CREATE INDEX "review_decisions_by" ON "review_decisions" USING btree ("decided_by","decided_at");--> statement-breakpoint
CREATE INDEX "review_items_reviewer" ON "review_items" USING btree ("campaign_id","reviewer_id","number");--> statement-breakpoint
CREATE INDEX "review_items_waiting" ON "review_items" USING btree ("reviewer_id","campaign_id") WHERE "review_items"."decision" is null and "review_items"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "review_items_of" ON "review_items" USING btree ("staff_id","campaign_id");--> statement-breakpoint
CREATE INDEX "review_looks_of" ON "review_looks" USING btree ("item_id","reader_id","at");--> statement-breakpoint
CREATE INDEX "review_remediations_of" ON "review_remediations" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "review_remediations_due" ON "review_remediations" USING btree ("owner_id","due_on") WHERE "review_remediations"."result" is null;--> statement-breakpoint
CREATE INDEX "roster_comparisons_of" ON "roster_comparisons" USING btree ("campaign_id","at");--> statement-breakpoint
CREATE INDEX "staff_roles_since" ON "staff_roles" USING btree ("granted_at");--> statement-breakpoint
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_event_known" CHECK ("audit_entry"."event" in ('sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused', 'staff.added', 'staff.changed', 'role.granted', 'role.revoked', 'settings.refused', 'directory.sync_begun', 'directory.sync_finished', 'directory.sync_abandoned', 'product.added', 'product.changed', 'sign_in.end_refused', 'identity.bound', 'identity.released', 'limit.refused', 'breadth.warned', 'breadth.lifted', 'breadth.lift_refused', 'review.opened', 'review.compared', 'review.assigned', 'review.handed_on', 'review.looked', 'review.sample_opened', 'review.decided', 'review.rushed', 'review.access_tried', 'review.remediated', 'review.task_set', 'review.task_checked', 'review.excepted', 'review.reminded', 'review.closed', 'review.corrected', 'review.refused', 'figures.read', 'finding.raised', 'finding.grown', 'finding.asked', 'finding.answered', 'finding.disposed', 'finding.refused', 'export.started', 'export.finished', 'export.stopped', 'export.refused', 'pack.made', 'report.made', 'report.names_released', 'exposure.read', 'population.read', 'sample.drawn', 'guest.invited', 'guest.entered', 'guest.read', 'guest.revoked', 'guest.refused'));--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_kind" CHECK ("staff"."kind" in ('person', 'service'));--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_looking_only" CHECK (not "staff_roles"."looking_only" or "staff_roles"."role" = 'agent');