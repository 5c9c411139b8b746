import { readFileSync } from "node:fs";

/** What runs of a stack: by how its command reads. */
export const marks = {
  panel: /boot\/panel\.ts/,
  worker: /boot\/worker\.ts/,
  ledger: /ledger\/server\.ts/,
  postgres: /bin\/postgres /,
} as const;
export type Part = keyof typeof marks;
export const parts = ["panel", "worker", "ledger", "postgres"] as const satisfies readonly Part[];

/** The process of this part that `parent` started; undefined while it is down. */
export const partOf = (parent: number, part: Part): number | undefined =>
  children(parent).find((pid) => marks[part].test(commandOf(pid)));

export function children(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone since.
  }
}
