import { sql } from "drizzle-orm";
import { reviewItems } from "#db/schema/reviews.ts";

/** The right of an item is held still: what was taken outside of the review leaves nothing to decide. */
export const isHeld = sql<boolean>`grant_held(${reviewItems.grantId})`;
