import type { Line } from "#lib/evidence/controls/queries.ts";
import type { AuditEvent } from "#lib/vocabulary.ts";
import { address } from "../_filters/address.ts";

/** Where the evidence of a line is, in the panel. */
export function lineAddress({ kind, about }: Line): string {
  switch (kind) {
    case "session":
      return `/sessions/${about}`;
    case "grant":
    case "revocation":
    case "deactivation":
    case "change":
      return `/settings/staff/${about}`;
    case "decision":
      return `/reviews/${about}`;
    case "finding":
      return `/findings/${about}`;
  }
}

const eventsOf: Record<Line["kind"], AuditEvent[]> = {
  session: ["session.started"],
  grant: ["role.granted"],
  revocation: ["role.revoked"],
  deactivation: ["staff.withdrawn"],
  change: ["staff.withdrawn", "staff.restored", "staff.changed"],
  decision: ["review.decided"],
  finding: ["finding.raised", "finding.disposed"],
};

/** The audit log with the entry of a line open; null where the owner set it up, without one. */
export function entryAddress(line: Line): string | null {
  if (!line.entryId) return null;
  const day = line.at.toISOString().slice(0, 10);
  return address("/audit", {
    event: eventsOf[line.kind],
    from: day,
    to: day,
    ...(line.kind === "session" ? { session: line.id } : {}),
    open: line.entryId,
  });
}
