-- The worker closes those that are due longest first.
CREATE INDEX "proposals_due" ON "proposals" USING btree ("lapses_at","id") WHERE "proposals"."status" = 'pending';
