import { and, eq, isNull, or } from "drizzle-orm";
import { reviewRemediations } from "#db/schema/reviews.ts";

/** A task outside that nobody has seen to be done; of an open review it is somebody's still. */
export const isOutstanding = and(
  eq(reviewRemediations.kind, "outside"),
  or(isNull(reviewRemediations.result), eq(reviewRemediations.result, "still_possible")),
);
