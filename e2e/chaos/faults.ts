import { setTimeout as delay } from "node:timers/promises";
import {
  children,
  commandOf,
  type Part,
  partOf,
  parts,
  signal,
} from "#e2e/support/our-processes.ts";
import type { Random } from "./random.ts";
import type { Receiver } from "./receiver.ts";

const victims = [...parts, "receiver"] as const;

export type Fault = {
  /** Milliseconds after the one before. */
  after: number;
  what: Blow;
};

type Blow =
  /**
   * kill: SIGKILL, and who keeps it brings it back. hang: SIGSTOP for that many milliseconds. backend: SIGKILL of one of
   * PostgreSQL's own, on which it drops all and recovers.
   */
  | {
      victim: Part;
      how: { kind: "kill" } | { kind: "hang"; ms: number } | { kind: "backend" };
    }
  /**
   * Of whom notices are sent to. down: it answers 503. silent: it takes them and never answers. kill sender: the worker is
   * killed between sending and marking.
   */
  | { victim: "receiver"; how: { kind: "down" | "silent" | "kill sender"; ms: number } };

/** What happens to whom in one round: one fault, often two, close to each other. */
export function planFaults(random: Random): Fault[] {
  const count = random.pick([1, 2, 2, 3]);
  return Array.from({ length: count }, (_, index) => {
    const after = index === 0 ? random.between(300, 2500) : random.between(0, 800);
    const victim = random.pick(victims);
    if (victim === "receiver") {
      const kind = random.pick(["down", "silent", "kill sender"] as const);
      return { after, what: { victim, how: { kind, ms: random.between(1000, 6000) } } };
    }
    if (victim === "postgres" && random.isLucky(0.3))
      return { after, what: { victim, how: { kind: "backend" } } };
    const hangs = random.isLucky(0.2);
    const how = hangs
      ? ({ kind: "hang", ms: random.between(300, 4000) } as const)
      : ({ kind: "kill" } as const);
    return { after, what: { victim, how } };
  });
}

export function wordsOf({ what: { victim, how } }: Fault): string {
  if (how.kind === "kill sender") return "kill worker between sending and marking";
  if (victim === "receiver") return `${victim} ${how.kind} ${how.ms} ms`;
  return how.kind === "hang" ? `${victim} hangs ${how.ms} ms` : `${how.kind} ${victim}`;
}

/** Does it to a process of our own stack, one that is down already stays down; or to the receiver of notices. */
export async function inflict({ what }: Fault, receiver: Receiver): Promise<void> {
  if (what.victim !== "receiver") return hit(what);
  const { kind, ms } = what.how;
  if (kind !== "kill sender") return receiver.fail(kind, ms);
  const kills: Promise<void>[] = [];
  await receiver.killSender(() => kills.push(hit({ victim: "worker", how: { kind: "kill" } })), ms);
  await Promise.all(kills);
}

async function hit({ victim, how }: Extract<Blow, { victim: Part }>): Promise<void> {
  const found = partOf(process.pid, victim);
  if (!found) return;
  switch (how.kind) {
    case "kill":
      return signal(found, "SIGKILL");
    case "backend": {
      // Of those that serve somebody: "postgres: name database host state".
      const serving = children(found).filter((pid) =>
        /^postgres: \w+ \w+ 127/.test(commandOf(pid)),
      );
      const one = serving.at(-1);
      return one === undefined ? undefined : signal(one, "SIGKILL");
    }
    case "hang": {
      const all = victim === "postgres" ? [found, ...children(found)] : [found];
      for (const pid of all) signal(pid, "SIGSTOP");
      await delay(how.ms);
      for (const pid of all) signal(pid, "SIGCONT");
    }
  }
}

/** Whether all of the stack's own processes are there. */
export const allRun = (): boolean => parts.every((part) => partOf(process.pid, part) !== undefined);
