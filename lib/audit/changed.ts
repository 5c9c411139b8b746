import type { Change } from "#db/committed.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";

const ofWork: ReadonlySet<string> = new Set<AuditEvent>([
  "request.asked",
  "request.approved",
  "request.granted",
  "request.denied",
  "request.cancelled",
  "request.lapsed",
  "request.rang",
  "request.no_approver",
  "request.opened",
  "request.reminded",
  "session.started",
  "session.narrowed",
  "session.ended",
]);

const ofRights: ReadonlySet<string> = new Set<AuditEvent>([
  "sign_in.ended",
  "staff.withdrawn",
  "staff.changed",
  "role.granted",
  "role.revoked",
  "identity.released",
]);

type Row = { event: string; request_id: string | null; session_id: string | null };

/** What open pages show differently after these entries; of most, nothing. */
export const changesOf = (rows: readonly Row[]): Change[] =>
  rows.flatMap(({ event, request_id: requestId, session_id: sessionId }): Change[] => {
    if (ofWork.has(event)) return [{ kind: "work", requestId, sessionId }];
    return ofRights.has(event) ? [{ kind: "rights" }] : [];
  });
