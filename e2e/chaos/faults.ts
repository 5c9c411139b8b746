import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "./random.ts";

const victims = ["panel", "worker", "ledger", "postgres"] as const;
export type Victim = (typeof victims)[number];

export type Fault = {
  /** Milliseconds after the one before. */
  after: number;
  victim: Victim;
  /**
   * kill: SIGKILL, and who keeps it brings it back. hang: SIGSTOP for that many milliseconds. backend: SIGKILL of one of
   * PostgreSQL's own, on which it drops all and recovers.
   */
  how: { kind: "kill" } | { kind: "hang"; ms: number } | { kind: "backend" };
};

/** What happens to whom in one round: one fault, often two, close to each other. */
export function planFaults(random: Random): Fault[] {
  const count = random.pick([1, 2, 2, 3]);
  return Array.from({ length: count }, (_, index) => {
    const after = index === 0 ? random.between(300, 2500) : random.between(0, 800);
    const victim = random.pick(victims);
    if (victim === "postgres" && random.isLucky(0.3))
      return { after, victim, how: { kind: "backend" } };
    const hangs = random.isLucky(0.2);
    return {
      after,
      victim,
      how: hangs ? { kind: "hang", ms: random.between(300, 4000) } : { kind: "kill" },
    };
  });
}

export const wordsOf = ({ victim, how }: Fault): string =>
  how.kind === "hang" ? `${victim} hangs ${how.ms} ms` : `${how.kind} ${victim}`;

/** Does it to a process of our own stack; one that is down already stays down. */
export async function inflict({ victim, how }: Fault): Promise<void> {
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

const marks: Record<Victim, RegExp> = {
  panel: /boot\/panel\.ts/,
  worker: /boot\/worker\.ts/,
  ledger: /ledger\/server\.ts/,
  postgres: /bin\/postgres /,
};

/** Whether all of the stack's own processes are there. */
export const allRun = (): boolean => {
  const commands = children(process.pid).map(commandOf);
  return victims.every((victim) => commands.some((command) => marks[victim].test(command)));
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
