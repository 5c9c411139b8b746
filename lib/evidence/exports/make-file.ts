import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { Row } from "./end.ts";
import { logFile } from "./log-file.ts";
import type { Made } from "./made.ts";
import { filterSchema } from "./schemas.ts";

/** The file of an export, as its kind is made. Nothing is read before the first piece is asked for. */
export function makeFile(ctx: Ctx<StaffActor>, row: Row): Promise<Made> {
  const filter = filterSchema.parse(row.filter);
  switch (filter.kind) {
    case "log":
      return logFile(ctx, filter.filter, row.format === "jsonl" ? "jsonl" : "csv");
    default:
      throw new Error("Not yet");
  }
}
