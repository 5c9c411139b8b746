-- Whoever gets items of a review, or a task of one, is told so; before, the first they heard was a reminder.
ALTER TABLE "notices" DROP CONSTRAINT "notices_kind";
--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_kind" CHECK ("notices"."kind" in ('request_asked', 'request_reminded', 'request_decided', 'request_no_approver', 'session_done', 'session_review', 'break_glass', 'proposal_made', 'proposal_decided', 'review_assigned', 'review_task', 'review_due', 'finding_asked', 'breadth', 'staff', 'test'));
--> statement-breakpoint
DROP TRIGGER to_tell ON audit_entry;
--> statement-breakpoint
CREATE TRIGGER to_tell AFTER INSERT ON audit_entry FOR EACH ROW
  WHEN (NEW.event IN ('request.rang', 'request.reminded', 'request.no_approver', 'request.approved', 'request.denied',
    'request.cancelled', 'request.lapsed', 'session.review_due', 'session.reviewed', 'break_glass.used', 'proposal.made',
    'proposal.accepted', 'proposal.declined', 'proposal.withdrawn', 'proposal.lapsed', 'review.opened', 'review.assigned',
    'review.handed_on', 'review.task_set', 'review.reminded', 'finding.asked', 'staff.invited', 'breadth.warned'))
  EXECUTE FUNCTION entry_to_tell();
--> statement-breakpoint
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER to_tell;
