import type { WouldEnd } from "#lib/impersonation/would-end.ts";
import { requestNumber } from "#lib/kernel/ids.ts";

const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;
const named = (numbers: readonly number[]): string => numbers.map(requestNumber).join(", ");

/** "1 live session, looking as Jane Ashdown": what suspending somebody ends, a line each. */
export function endsInWords({
  signIns,
  subject,
  scope,
  requests,
  standing,
  votes,
  items,
}: WouldEnd): string[] {
  const as = scope === "write" ? "acting" : "looking";
  return [
    ...(subject ? [`1 live session, ${as} as ${subject}`] : []),
    ...(signIns > 0 ? [many(signIns, "sign-in")] : []),
    ...(requests.length > 0 ? [`${many(requests.length, "request")}: ${named(requests)}`] : []),
    ...(standing.length > 0
      ? [`${many(standing.length, "standing approval")}: ${named(standing)}`]
      : []),
    ...(votes.length > 0
      ? [`${many(votes.length, "vote")}, on ${named(votes)}: void, so that it cannot start by it`]
      : []),
    ...(items > 0
      ? [`${many(items, "item")} of access reviews, passed on to another reviewer`]
      : []),
  ];
}
