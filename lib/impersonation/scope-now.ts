import { sql } from "drizzle-orm";
import { sessions } from "#db/schema/impersonation.ts";
import type { Scope } from "#lib/vocabulary.ts";

/** What a live session is for now: once narrowed, for looking only. One that has ended is what it was granted for. */
export const scopeNow = sql<Scope>`case when ${sessions.narrowedAt} is null or ${sessions.endedAt} is not null
  then ${sessions.scope} else 'read' end`;
