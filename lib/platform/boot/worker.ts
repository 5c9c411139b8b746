import { closeDatabase, database } from "../database.ts";
import { faultOf } from "../fault.ts";
import { closeLive, openLive } from "../live/live.ts";
import { log } from "../log.ts";
import { keepTelling } from "../notices-loop.ts";
import { runDue } from "../worker.ts";
import { RunsAsOwner, refuseToRunAsOwner } from "./as-runtime.ts";
import { giveUp } from "./give-up.ts";
import { endWithParent } from "./with-parent.ts";

const POLL_MS = 3_000;

let isEnding = false;
let wake: () => void = () => {};
let round: Promise<void> = Promise.resolve();

let telling: ReturnType<typeof keepTelling> | undefined;

openLive({ streams: false });
endWithParent(async () => {
  isEnding = true;
  wake();
  await Promise.all([round, telling?.stop()]);
  closeLive();
  await closeDatabase();
});

let isAllowed = false;
while (!isEnding) {
  round = work().catch((error: unknown) => {
    if (error instanceof RunsAsOwner) giveUp(error);
    log().error({ fault: faultOf(error) }, "worker round");
  });
  await round;
  if (!isEnding) await pause();
}

/** A database that is out of reach when the worker starts is waited for, like one that goes later. */
async function work(): Promise<void> {
  if (!isAllowed) {
    await refuseToRunAsOwner(database());
    isAllowed = true;
    process.send?.("ready");
  }
  telling ??= keepTelling((error) => log().error({ fault: faultOf(error) }, "notices"));
  await runDue();
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
