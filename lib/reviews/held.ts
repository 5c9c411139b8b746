import { sql } from "drizzle-orm";
import { reviewItems } from "#db/schema/reviews.ts";

/** The right of an item is held still: what was taken outside of the review leaves nothing to decide. */
export const isHeld = sql<boolean>`grant_held(${reviewItems.grantId})`;

/** An item waits for a decision: undecided and not excepted, in an open review, and its right is held still. */
export const isUndecided = sql<boolean>`${reviewItems.id} in (select id from undecided_items)`;
