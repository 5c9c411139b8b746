import { and, gte, lt } from "drizzle-orm";
import { findings } from "#db/schema/findings.ts";

export type Span = { startsAt: Date; endsAt: Date };

/**
 * Of which anything happened in it, as the population of a review counts them: one that goes on over its end is of both
 * periods. Rights are the caller's to check.
 */
export const within = ({ startsAt, endsAt }: Span) =>
  and(gte(findings.lastAt, startsAt), lt(findings.firstAt, endsAt));
