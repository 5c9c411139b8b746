import type { Ending } from "#lib/platform/boot/ending.ts";
import { lostNotices } from "./arrived.ts";
import { Random } from "./random.ts";
import { round } from "./rounds.ts";
import { startChaosStack } from "./stack.ts";
import { idleIn, type Log } from "./told.ts";

export type Asked = { rounds: number; seed: number; ending: Ending; say: (line: string) => void };
export type Summary = { rounds: number; broken: string[] };

/** Starts a stack, storms it round after round, and gives every promise that did not hold. Stops at the first round that breaks one. */
export async function chaos({ rounds, seed, ending, say }: Asked): Promise<Summary> {
  say(`seed ${seed}, ${rounds} rounds`);
  const stack = await startChaosStack(ending);
  const random = new Random(seed);
  const log: Log = { told: [], failed: new Map() };
  const began = performance.now();
  let done = 0;
  for (let n = 1; n <= rounds && !ending.signal.aborted; n += 1) {
    const { faults, broken, wellAfter } = await round(stack, random, log);
    const verdict = broken.length === 0 ? "holds" : `BROKEN: ${broken.join("; ")}`;
    say(`round ${n}: ${faults}; well after ${(wellAfter / 1000).toFixed(1)} s; ${verdict}`);
    done = n;
    if (broken.length > 0) return { rounds: n, broken };
  }
  const told = Object.entries(Object.groupBy(log.told, ({ what }) => what));
  const counts = told.map(([what, all]) => `${what} ${all.length}`).join(", ");
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  say(`${done} rounds in ${minutes} min. Answered as done: ${counts || "nothing"}.`);
  for (const [why, times] of log.failed) say(`  in vain ${times} times: ${why}`);
  const lost = await lostNotices(stack);
  // A storm over people who get nothing done would break nothing and show nothing.
  const idle = idleIn(log).map((kind) => `nobody ${kind} anything`);
  return { rounds: done, broken: [...lost, ...idle] };
}
