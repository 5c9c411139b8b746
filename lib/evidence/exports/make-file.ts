import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Row } from "./end.ts";
import { exposureFile } from "./exposure-file.ts";
import { logFile } from "./log-file.ts";
import type { Made } from "./made.ts";
import { filterSchema } from "./schemas.ts";

/** The file of an export, as its kind is made. Documents say the time at which it was started. */
export async function makeFile(ctx: Ctx<StaffActor>, row: Row): Promise<Made> {
  const filter = filterSchema.parse(row.filter);
  switch (filter.kind) {
    case "log":
      return logFile(ctx, filter.filter, row.format === "jsonl" ? "jsonl" : "csv");
    case "session": {
      // What makes PDFs takes memory for good; a table of a million rows has no use for it.
      const { sessionFile } = await import("./session-file.ts");
      return sessionFile(ctx, filter.session, row.startedAt);
    }
    case "subject": {
      const { subjectFile } = await import("./subject-file.ts");
      return subjectFile(ctx, filter, row.format === "json" ? "json" : "pdf", row.startedAt);
    }
    case "exposure":
      return exposureFile(ctx, filter);
  }
}
