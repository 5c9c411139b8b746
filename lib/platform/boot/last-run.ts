import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ending } from "./ending.ts";

/**
 * Marks a run in its data folder until it ends in order; gives whether the last one did not: it was killed, or the
 * machine went down. The mark decides nothing, since every start recovers: it is there so that a person is told.
 */
export async function markRun(dataDir: string, ending: Ending): Promise<boolean> {
  const mark = join(dataDir, "running");
  const wasCutOff = existsSync(mark);
  await writeFile(mark, "", { mode: 0o600 });
  ending.add(() => rm(mark, { force: true }));
  return wasCutOff;
}
