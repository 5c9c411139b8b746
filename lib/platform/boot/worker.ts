import { closeDatabase, database } from "../database.ts";
import { faultOf } from "../fault.ts";
import { log } from "../log.ts";
import { runDue } from "../worker.ts";
import { refuseToRunAsOwner } from "./as-runtime.ts";
import { endWithParent } from "./with-parent.ts";

const POLL_MS = 3_000;

let isEnding = false;
let wake: () => void = () => {};
let round: Promise<void> = Promise.resolve();

endWithParent(async () => {
  isEnding = true;
  wake();
  await round;
  await closeDatabase();
});

await refuseToRunAsOwner(database());
while (!isEnding) {
  round = runDue().catch((error: unknown) => {
    log().error({ fault: faultOf(error) }, "worker round");
  });
  await round;
  if (!isEnding) await pause();
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
