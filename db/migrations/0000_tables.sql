CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;--> statement-breakpoint
CREATE SEQUENCE "public"."request_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 20601 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."session_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 41101 CACHE 1;--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"event" text NOT NULL,
	"account_id" uuid,
	"actor_id" uuid,
	"subject_id" uuid,
	"session_id" uuid,
	"request_id" uuid,
	"xact" text DEFAULT '' NOT NULL,
	CONSTRAINT "audit_entry_event_known" CHECK ("audit_entry"."event" in ('sign_in.started', 'sign_in.ended', 'sign_in.refused', 'page.refused', 'subject.opened', 'account.opened', 'directory.updated', 'directory.refused', 'request.asked', 'request.approved', 'request.granted', 'request.denied', 'request.cancelled', 'request.lapsed', 'request.refused', 'vote.refused', 'session.started', 'session.refused', 'session.ended', 'session.end_refused', 'code.issued', 'code.refused', 'token.issued', 'token.refused', 'action.viewed', 'action.write', 'action.done', 'action.refused', 'staff.withdrawn', 'staff.restored', 'stop.started', 'stop.lifted', 'client.refused'))
);
--> statement-breakpoint
CREATE TABLE "audit_index" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resource" text,
	"ticket" text,
	"reason_category" text,
	"effect" text,
	"is_write" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_payload" (
	"entry_id" uuid PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL,
	"body" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_pending" (
	"entry_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"tier" text NOT NULL,
	"stance" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_id_product" UNIQUE("id","product_id"),
	CONSTRAINT "accounts_tier" CHECK ("accounts"."tier" in ('standard', 'enterprise', 'regulated')),
	CONSTRAINT "accounts_stance" CHECK ("accounts"."stance" in ('allowed', 'opted_out', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"version" integer PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	"in_force_from" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"name" text NOT NULL,
	"environment" text NOT NULL,
	"origin" text NOT NULL,
	"redirect_uris" text[] NOT NULL,
	"initiate_login_uri" text NOT NULL,
	"secret_hash" text,
	"jwks" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "products_client_id_unique" UNIQUE("client_id"),
	CONSTRAINT "products_environment" CHECK ("products"."environment" in ('production', 'staging', 'demo'))
);
--> statement-breakpoint
CREATE TABLE "subjects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"product_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"is_owner" boolean DEFAULT false NOT NULL,
	"is_vip" boolean DEFAULT false NOT NULL,
	"status" text NOT NULL,
	"kind" text NOT NULL,
	"last_seen_at" timestamp with time zone,
	"lang" text,
	"search" text DEFAULT '' NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subjects_id_account" UNIQUE("id","account_id"),
	CONSTRAINT "subjects_status" CHECK ("subjects"."status" in ('active', 'deactivated')),
	CONSTRAINT "subjects_kind" CHECK ("subjects"."kind" in ('person', 'service'))
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"product_id" uuid NOT NULL,
	"reference" text NOT NULL,
	"account_id" uuid NOT NULL,
	"subject_id" uuid,
	"title" text NOT NULL,
	"status" text NOT NULL,
	"assignee_email" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tickets_product_id_reference_pk" PRIMARY KEY("product_id","reference"),
	CONSTRAINT "tickets_status" CHECK ("tickets"."status" in ('open', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "actions" (
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"phase" text NOT NULL,
	"effect" text NOT NULL,
	"method" text NOT NULL,
	"route" text NOT NULL,
	"resource" text,
	"kinds" text[] DEFAULT '{}' NOT NULL,
	"changes" jsonb,
	"refusal" text,
	"status" integer,
	"happened_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	"entry_id" uuid NOT NULL,
	"done_entry_id" uuid,
	CONSTRAINT "actions_phase" CHECK ("actions"."phase" in ('view', 'attempt', 'refused')),
	CONSTRAINT "actions_effect" CHECK ("actions"."effect" in ('view', 'data', 'configuration', 'message', 'credential', 'export')),
	CONSTRAINT "actions_done" CHECK (("actions"."done_at" is null) = ("actions"."done_entry_id" is null))
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"request_id" uuid NOT NULL,
	"approver_id" uuid NOT NULL,
	"vote" text NOT NULL,
	"minutes" integer,
	"comment" text,
	"ask_hash" "bytea" NOT NULL,
	"policy_version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "approvals_vote" CHECK ("approvals"."vote" in ('approve', 'deny')),
	CONSTRAINT "approvals_minutes" CHECK (("approvals"."vote" = 'approve') = ("approvals"."minutes" is not null) and "approvals"."minutes" between 1 and 60),
	CONSTRAINT "approvals_denial_says_why" CHECK ("approvals"."vote" <> 'deny' or char_length(trim(coalesce("approvals"."comment", ''))) >= 3)
);
--> statement-breakpoint
CREATE TABLE "authorization_codes" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"redirect_uri" text NOT NULL,
	"code_challenge" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	CONSTRAINT "authorization_codes_sixty_seconds" CHECK ("authorization_codes"."expires_at" <= "authorization_codes"."created_at" + interval '60 seconds')
);
--> statement-breakpoint
CREATE TABLE "counted_refusals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"source" text NOT NULL,
	"code" text NOT NULL,
	"minute" timestamp with time zone NOT NULL,
	"count" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "global_stops" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"lifted_at" timestamp with time zone,
	"lifted_by" uuid,
	"started_entry_id" uuid NOT NULL,
	"lifted_entry_id" uuid,
	CONSTRAINT "global_stops_lifted" CHECK (("global_stops"."lifted_at" is null) = ("global_stops"."lifted_entry_id" is null))
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer DEFAULT nextval('request_numbers') NOT NULL,
	"actor_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"minutes" integer NOT NULL,
	"reason_category" text NOT NULL,
	"lawful_basis" text NOT NULL,
	"reason" text NOT NULL,
	"caller_check" text NOT NULL,
	"ticket" text,
	"target_link_uri" text,
	"return_path" text DEFAULT '/' NOT NULL,
	"policy_version" integer NOT NULL,
	"sensitive" boolean DEFAULT false NOT NULL,
	"sensitive_because" text[] DEFAULT '{}' NOT NULL,
	"approvals_needed" integer NOT NULL,
	"ask_hash" "bytea" DEFAULT '' NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"lapses_at" timestamp with time zone NOT NULL,
	"granted_at" timestamp with time zone,
	"granted_minutes" integer,
	"start_by" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"asked_entry_id" uuid NOT NULL,
	"granted_entry_id" uuid,
	"closed_entry_id" uuid,
	CONSTRAINT "requests_number_unique" UNIQUE("number"),
	CONSTRAINT "requests_ask" UNIQUE("id","actor_id","subject_id","product_id","scope"),
	CONSTRAINT "requests_scope" CHECK ("requests"."scope" in ('read', 'write')),
	CONSTRAINT "requests_status" CHECK ("requests"."status" in ('pending', 'granted', 'used', 'denied', 'cancelled', 'lapsed')),
	CONSTRAINT "requests_reason_category" CHECK ("requests"."reason_category" in ('customer_asked', 'bug', 'onboarding', 'configuration_check', 'incident', 'legal')),
	CONSTRAINT "requests_lawful_basis" CHECK ("requests"."lawful_basis" in ('contract', 'consent', 'legitimate_interest', 'legal_obligation')),
	CONSTRAINT "requests_caller_check" CHECK ("requests"."caller_check" in ('signed_in_ticket', 'call_back', 'code', 'nobody_calling')),
	CONSTRAINT "requests_return_path" CHECK ("requests"."return_path" ~ '^/([^/\\]|$)'),
	CONSTRAINT "requests_minutes" CHECK ("requests"."minutes" between 1 and 60),
	CONSTRAINT "requests_granted_minutes" CHECK ("requests"."granted_minutes" between 1 and "requests"."minutes"),
	CONSTRAINT "requests_reason_length" CHECK (char_length("requests"."reason") between 10 and 500),
	CONSTRAINT "requests_granted" CHECK (("requests"."granted_at" is null) = ("requests"."granted_minutes" is null) and ("requests"."granted_at" is null) = ("requests"."start_by" is null) and ("requests"."granted_at" is null) = ("requests"."granted_entry_id" is null)),
	CONSTRAINT "requests_closed_entry" CHECK (("requests"."status" in ('pending', 'granted')) = ("requests"."closed_at" is null) and ("requests"."closed_at" is null) = ("requests"."closed_entry_id" is null)),
	CONSTRAINT "requests_used_was_granted" CHECK ("requests"."status" not in ('granted', 'used') or "requests"."granted_at" is not null),
	CONSTRAINT "requests_sensitive_needs_approval" CHECK (not "requests"."sensitive" or "requests"."approvals_needed" >= 1),
	CONSTRAINT "requests_approvals_needed" CHECK ("requests"."approvals_needed" between 0 and 2)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer DEFAULT nextval('session_numbers') NOT NULL,
	"request_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"minutes" integer NOT NULL,
	"policy_version" integer NOT NULL,
	"idle_minutes" integer DEFAULT 10 NOT NULL,
	"sign_in_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_active_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"end_cause" text,
	"ended_by" uuid,
	"end_comment" text,
	"started_entry_id" uuid NOT NULL,
	"ended_entry_id" uuid,
	CONSTRAINT "sessions_number_unique" UNIQUE("number"),
	CONSTRAINT "sessions_request_id_unique" UNIQUE("request_id"),
	CONSTRAINT "sessions_scope" CHECK ("sessions"."scope" in ('read', 'write')),
	CONSTRAINT "sessions_end_cause" CHECK ("sessions"."end_cause" in ('actor', 'manager', 'admin', 'product', 'customer', 'time', 'idle', 'sign_out', 'subject_withdrawn', 'actor_withdrawn', 'account_stricter', 'global_stop', 'upgraded', 'code_reuse')),
	CONSTRAINT "sessions_minutes" CHECK ("sessions"."minutes" between 1 and 60),
	CONSTRAINT "sessions_idle_minutes" CHECK ("sessions"."idle_minutes" between 5 and 60),
	CONSTRAINT "sessions_sixty_minutes" CHECK ("sessions"."expires_at" <= "sessions"."started_at" + interval '60 minutes'),
	CONSTRAINT "sessions_end" CHECK (("sessions"."ended_at" is null) = ("sessions"."end_cause" is null) and ("sessions"."ended_at" is null) = ("sessions"."ended_entry_id" is null)),
	CONSTRAINT "sessions_end_after_start" CHECK ("sessions"."ended_at" >= "sessions"."started_at")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"jti" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"team" text NOT NULL,
	"zone" text DEFAULT 'UTC' NOT NULL,
	"manager_id" uuid,
	"status" text DEFAULT 'active' NOT NULL,
	"deactivated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_status" CHECK ("staff"."status" in ('active', 'deactivated')),
	CONSTRAINT "staff_deactivated_at" CHECK (("staff"."status" = 'deactivated') = ("staff"."deactivated_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"role" text NOT NULL,
	"granted_by" uuid,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "staff_roles_role" CHECK ("staff_roles"."role" in ('agent', 'manager', 'compliance', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "staff_sign_ins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"auth_time" timestamp with time zone DEFAULT now() NOT NULL,
	"last_active_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	"end_cause" text,
	CONSTRAINT "staff_sign_ins_whose" UNIQUE("id","staff_id"),
	CONSTRAINT "staff_sign_ins_end" CHECK (("staff_sign_ins"."ended_at" is null) = ("staff_sign_ins"."end_cause" is null))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_account_product" FOREIGN KEY ("account_id","product_id") REFERENCES "public"."accounts"("id","product_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_subject_id_subjects_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."subjects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actions" ADD CONSTRAINT "actions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_request_id_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_approver_id_staff_id_fk" FOREIGN KEY ("approver_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_policy_version_policy_versions_version_fk" FOREIGN KEY ("policy_version") REFERENCES "public"."policy_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_codes" ADD CONSTRAINT "authorization_codes_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorization_codes" ADD CONSTRAINT "authorization_codes_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "global_stops" ADD CONSTRAINT "global_stops_started_by_staff_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "global_stops" ADD CONSTRAINT "global_stops_lifted_by_staff_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_actor_id_staff_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_policy_version_policy_versions_version_fk" FOREIGN KEY ("policy_version") REFERENCES "public"."policy_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_subject_account" FOREIGN KEY ("subject_id","account_id") REFERENCES "public"."subjects"("id","account_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_policy_version_policy_versions_version_fk" FOREIGN KEY ("policy_version") REFERENCES "public"."policy_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_ended_by_staff_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_of_request" FOREIGN KEY ("request_id","actor_id","subject_id","product_id","scope") REFERENCES "public"."requests"("id","actor_id","subject_id","product_id","scope") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_own_sign_in" FOREIGN KEY ("sign_in_id","actor_id") REFERENCES "public"."staff_sign_ins"("id","staff_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_manager_id_staff_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_granted_by_staff_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_revoked_by_staff_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_sign_ins" ADD CONSTRAINT "staff_sign_ins_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entry_newest" ON "audit_entry" USING btree ("occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_actor" ON "audit_entry" USING btree ("actor_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_subject" ON "audit_entry" USING btree ("subject_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_account" ON "audit_entry" USING btree ("account_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_session" ON "audit_entry" USING btree ("session_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_request" ON "audit_entry" USING btree ("request_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_event" ON "audit_entry" USING btree ("event","occurred_at","id");--> statement-breakpoint
CREATE INDEX "audit_index_resource" ON "audit_index" USING btree ("resource","occurred_at") WHERE "audit_index"."resource" is not null;--> statement-breakpoint
CREATE INDEX "audit_index_ticket" ON "audit_index" USING btree ("ticket","occurred_at") WHERE "audit_index"."ticket" is not null;--> statement-breakpoint
CREATE INDEX "audit_index_effect" ON "audit_index" USING btree ("effect","occurred_at") WHERE "audit_index"."effect" is not null;--> statement-breakpoint
CREATE INDEX "audit_index_write" ON "audit_index" USING btree ("occurred_at") WHERE "audit_index"."is_write";--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_external" ON "accounts" USING btree ("product_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "subjects_external" ON "subjects" USING btree ("product_id","external_id");--> statement-breakpoint
CREATE INDEX "subjects_account" ON "subjects" USING btree ("account_id","name","id");--> statement-breakpoint
CREATE INDEX "subjects_email" ON "subjects" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "subjects_search" ON "subjects" USING gin ("search" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "tickets_subject" ON "tickets" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "tickets_account" ON "tickets" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "actions_once" ON "actions" USING btree ("session_id","id");--> statement-breakpoint
CREATE INDEX "actions_timeline" ON "actions" USING btree ("session_id","happened_at","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "approvals_one_vote" ON "approvals" USING btree ("request_id","approver_id");--> statement-breakpoint
CREATE INDEX "approvals_by" ON "approvals" USING btree ("approver_id","created_at");--> statement-breakpoint
CREATE INDEX "authorization_codes_session" ON "authorization_codes" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "counted_refusals_minute" ON "counted_refusals" USING btree ("minute","event","source","code");--> statement-breakpoint
CREATE UNIQUE INDEX "global_stops_one" ON "global_stops" USING btree (("lifted_at" is null)) WHERE "global_stops"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "requests_queue" ON "requests" USING btree ("created_at","id") WHERE "requests"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "requests_due" ON "requests" USING btree ("lapses_at") WHERE "requests"."status" in ('pending', 'granted');--> statement-breakpoint
CREATE INDEX "requests_actor" ON "requests" USING btree ("actor_id","created_at","id");--> statement-breakpoint
CREATE INDEX "requests_subject" ON "requests" USING btree ("subject_id","created_at","id");--> statement-breakpoint
CREATE INDEX "requests_account" ON "requests" USING btree ("account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "requests_closed" ON "requests" USING btree ("closed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_one_live_per_actor" ON "sessions" USING btree ("actor_id") WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_due" ON "sessions" USING btree ("expires_at") WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_started" ON "sessions" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "sessions_actor" ON "sessions" USING btree ("actor_id","started_at","id");--> statement-breakpoint
CREATE INDEX "sessions_subject" ON "sessions" USING btree ("subject_id","started_at","id");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id","started_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_one_in_force" ON "tokens" USING btree ("session_id") WHERE "tokens"."retired_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "staff_email" ON "staff" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "staff_manager" ON "staff" USING btree ("manager_id");--> statement-breakpoint
CREATE UNIQUE INDEX "staff_roles_held_once" ON "staff_roles" USING btree ("staff_id",(case when "role" in ('agent', 'compliance') then 'agent or compliance' else "role" end)) WHERE "staff_roles"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "staff_sign_ins_of" ON "staff_sign_ins" USING btree ("staff_id") WHERE "staff_sign_ins"."ended_at" is null;