import type { RequestStatus } from "#lib/vocabulary.ts";

/** The moves of a request (DESIGN §5); the schema refuses all others in `requests_update`. */
const moves: Record<RequestStatus, readonly RequestStatus[]> = {
  pending: ["granted", "denied", "cancelled", "lapsed"],
  granted: ["used", "cancelled", "lapsed"],
  used: [],
  denied: [],
  cancelled: [],
  lapsed: [],
};

export const canMove = (from: RequestStatus, to: RequestStatus): boolean =>
  moves[from].includes(to);

type Deadlines = { status: RequestStatus; lapsesAt: Date; startBy: Date | null };

/** The status at `at`: validity is computed and never waits for the worker. */
export function statusAt(request: Deadlines, at: Date): RequestStatus {
  if (request.status === "pending" && at >= request.lapsesAt) return "lapsed";
  if (request.status === "granted" && request.startBy && at >= request.startBy) return "lapsed";
  return request.status;
}

/** Until when what is granted at `at` may start; the schema allows 30 minutes at most. */
export const startBy = (at: Date, policy: { startWithinMinutes: number }): Date =>
  new Date(at.getTime() + policy.startWithinMinutes * 60_000);

/** The least of what was asked, of every vote, and of what the policy allows now; in minutes. */
export const leastMinutes = (asked: number, voted: readonly number[], policyMax: number): number =>
  Math.min(asked, policyMax, ...voted);

type Standing = {
  status: RequestStatus;
  standingHours: number | null;
  standingEndedAt: Date | null;
  grantedAt: Date | null;
};

/** Until when the approval of a request stands for later ones; null where it does not. Whether it is over is for the clock. */
export function standsUntil(request: Standing): Date | null {
  const { status, standingHours, standingEndedAt, grantedAt } = request;
  if (!standingHours || !grantedAt || standingEndedAt) return null;
  if (status !== "granted" && status !== "used") return null;
  return new Date(grantedAt.getTime() + standingHours * 3_600_000);
}
