import { readAtOnce } from "#db/at-once.ts";
import { clockPart } from "#db/client.ts";
import type { Ctx } from "./context.ts";

/** The database's time, by which pages count deadlines down; the machine that renders them may differ. */
export const serverTime = (ctx: Ctx): Promise<Date> => readAtOnce(ctx, clockPart());
