-- A team's channel shows a request once, in however many rings its approvers are asked.
CREATE UNIQUE INDEX "notices_once_of_request" ON "notices" USING btree ("request_id","channel_id","kind") WHERE "notices"."channel_id" is not null and "notices"."kind" = 'request_asked';
--> statement-breakpoint
-- A copy stays as it was sent until somebody decided: what was said of a session, and what was taken back, are told too.
DROP TRIGGER to_tell ON audit_entry;
--> statement-breakpoint
CREATE TRIGGER to_tell AFTER INSERT ON audit_entry FOR EACH ROW
  WHEN (NEW.event IN ('request.rang', 'request.reminded', 'request.no_approver', 'request.approved', 'request.denied',
    'request.cancelled', 'request.lapsed', 'session.review_due', 'session.reviewed', 'break_glass.used', 'proposal.made',
    'proposal.accepted', 'proposal.declined', 'proposal.withdrawn', 'proposal.lapsed', 'review.reminded', 'finding.asked',
    'staff.invited', 'breadth.warned'))
  EXECUTE FUNCTION entry_to_tell();
--> statement-breakpoint
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER to_tell;
