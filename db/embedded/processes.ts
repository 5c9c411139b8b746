import { spawnSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "#db/failure.ts";
import { clearedEnv, type RunAs } from "./place.ts";

const GENTLE_MS = 20_000;
const KILLED_MS = 5_000;

/**
 * Ends a server that an earlier run left behind in this cluster. Only processes whose working folder is the cluster
 * are touched: `postmaster.pid` alone may name a stranger who got the number since.
 */
export async function stopOrphan(cluster: string, runAs: RunAs): Promise<void> {
  const found = processesOf(cluster, runAs);
  if (found.length > 0) {
    const postmaster = Number((await readPidFile(cluster)).split("\n")[0]);
    const targets = found.includes(postmaster) ? [postmaster] : found;
    if (!(await ended(targets, "SIGINT", cluster, runAs, GENTLE_MS)))
      if (!(await ended(found, "SIGKILL", cluster, runAs, KILLED_MS)))
        throw new Failure(`A PostgreSQL left behind in ${cluster} does not end (process ${found})`);
  }
  // What a killed server left: nobody works here any more, whoever has that number now.
  await rm(join(cluster, "postmaster.pid"), { force: true });
}

async function ended(
  pids: number[],
  signal: NodeJS.Signals,
  cluster: string,
  runAs: RunAs,
  withinMs: number,
): Promise<boolean> {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone since.
    }
  }
  for (const until = Date.now() + withinMs; Date.now() < until; await delay(100))
    if (processesOf(cluster, runAs).length === 0) return true;
  return false;
}

/** Read as the server's user: in a container even root may not look at another user's process. */
function processesOf(cluster: string, runAs: RunAs): number[] {
  const listed = spawnSync("/bin/sh", ["-c", "ls -l /proc/[0-9]*/cwd 2>/dev/null"], {
    ...runAs,
    cwd: "/",
    env: { ...clearedEnv, PATH: "/usr/bin:/bin", LC_ALL: "C" },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.stdout.split("\n").flatMap((line) => {
    const [, pid, path] = / \/proc\/(\d+)\/cwd -> (.*)$/.exec(line) ?? [];
    return pid && path === cluster ? [Number(pid)] : [];
  });
}

const readPidFile = (cluster: string): Promise<string> =>
  readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "");
