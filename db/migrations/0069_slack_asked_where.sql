-- Where the message is that asked a member of Slack for a link, until it has no button any more.
ALTER TABLE "slack_codes" ADD COLUMN "message_ref" text;
--> statement-breakpoint
CREATE INDEX "slack_codes_open" ON "slack_codes" USING btree ("good_until") WHERE "slack_codes"."message_ref" is not null;
--> statement-breakpoint
GRANT UPDATE (message_ref) ON slack_codes TO :runtime:;
