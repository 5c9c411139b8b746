import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "./random.ts";
import type { Receiver } from "./receiver.ts";

const processes = ["panel", "worker", "ledger", "postgres"] as const;
type Process = (typeof processes)[number];
const victims = [...processes, "receiver"] as const;

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
      victim: Process;
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

async function hit({ victim, how }: Extract<Blow, { victim: Process }>): Promise<void> {
  const found = children(process.pid).find((pid) => marks[victim].test(commandOf(pid)));
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

const marks: Record<Process, RegExp> = {
  panel: /boot\/panel\.ts/,
  worker: /boot\/worker\.ts/,
  ledger: /ledger\/server\.ts/,
  postgres: /bin\/postgres /,
};

/** Whether all of the stack's own processes are there. */
export const allRun = (): boolean => {
  const commands = children(process.pid).map(commandOf);
  return processes.every((victim) => commands.some((command) => marks[victim].test(command)));
};

function children(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone since.
  }
}
