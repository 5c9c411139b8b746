import { sql } from "drizzle-orm";

/** Of the guest `g`: asked in each query that reads for one, so that no caller has to have asked. */
export const guestLasts = sql`g.revoked_at is null and g.expires_at > clock_timestamp()`;
