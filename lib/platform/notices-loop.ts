import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { openRunner, type Runner } from "#lib/notices/run.ts";
import { database } from "./database.ts";
import { env } from "./env.ts";
import { noticeChannels } from "./notices.ts";

const pollMs = 700;
/** Between two looks after what was left lying. */
const careMs = 20_000;

/**
 * Tells and delivers until `stop`: apart from the worker's round, which may take longer than an approver should wait. `onFault` is
 * told what went wrong, such as a database out of reach; it goes on.
 */
export function keepTelling(
  onFault: (fault: unknown) => void,
  open: () => Promise<Runner> = openOwn,
): { stop: () => Promise<void> } {
  let isEnding = false;
  let wake = () => {};
  let runner: Runner | undefined;
  let cared = 0;

  async function round(): Promise<void> {
    runner ??= await open();
    const begin = () => runner?.begin(onFault);
    // What cannot be told of keeps nothing from arriving that was.
    await runner.tell(begin).catch(onFault);
    begin();
    if (Date.now() - cared < careMs) return;
    cared = Date.now();
    await runner.lookAfter();
  }

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = (async () => {
    while (!isEnding) {
      await round().catch(onFault);
      if (!isEnding) await pause();
    }
    await runner?.stop().catch(onFault);
  })();

  return {
    stop: () => {
      isEnding = true;
      wake();
      return running;
    },
  };
}

function openOwn(): Promise<Runner> {
  const ctx: Ctx = {
    db: database(),
    actor: { kind: "system", part: "worker" },
    ip: null,
    userAgent: null,
    requestId: newId(),
  };
  return openRunner({ ctx, channels: noticeChannels(), url: env().ALONGSIDE_URL });
}
