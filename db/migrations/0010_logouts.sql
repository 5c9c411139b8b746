-- What a logout token of the company's issuer ended is kept with it, so that a sign-in that was under way meanwhile, and
-- of which there was no row to end, is refused.
ALTER TABLE "spent_tokens" ADD COLUMN "sid" text;
--> statement-breakpoint
ALTER TABLE "spent_tokens" ADD COLUMN "subject" text;
--> statement-breakpoint
ALTER TABLE "spent_tokens" ADD COLUMN "issued_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "spent_tokens" ADD CONSTRAINT "spent_tokens_logout" CHECK (("spent_tokens"."issued_at" is null) = ("spent_tokens"."sid" is null and "spent_tokens"."subject" is null));
