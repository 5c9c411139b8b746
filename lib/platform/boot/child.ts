import { type ChildProcess, fork } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.ts";
import { seconds } from "./seconds.ts";

export type ChildOptions = {
  name: string;
  script: string;
  env: Record<string, string>;
  /** Where its output goes; null: to our own. */
  logFile: string | null;
  say: (line: string) => void;
};

export type Child = { stop(): Promise<void> };

/** What a child says once it answers. */
const ready = "ready";
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Whoever lived so long does not fail at its start: it comes back at once. */
const STEADY_MS = 4_000;
const KILL_AFTER_MS = 4_000;

/**
 * Keeps a process of ours running: started again when it ends without being asked, later each time it fails again
 * at once. Its channel to us is how it learns that we are gone.
 */
export function keepRunning({ name, script, env, logFile, say }: ChildOptions): Child {
  let current: ChildProcess | null = null;
  let again: NodeJS.Timeout | undefined;
  let isStopping = false;
  let wait = FIRST_WAIT_MS;
  /** How and when it ended last, until it is back. */
  let gone: { how: string; at: number } | null = null;

  const launch = () => {
    const output = logFile ? openSync(logFile, "a", 0o600) : "inherit";
    const since = Date.now();
    const child = fork(join(root, script), [], {
      cwd: root,
      env: { ...env, NODE_ENV: "production" },
      execArgv: ["--conditions=react-server", "--enable-source-maps", "--expose-gc"],
      stdio: ["ignore", output, output, "ipc"],
    });
    if (typeof output === "number") closeSync(output);
    current = child;
    child.on("message", (message) => {
      if (message !== ready || !gone) return;
      say(`${name} ended (${gone.how}) and is back after ${seconds(Date.now() - gone.at)}`);
      gone = null;
    });
    child.once("exit", (code, signal) => {
      current = null;
      if (isStopping) return;
      const how = signal ?? `code ${code}`;
      if (gone) say(`${name} ended again (${how}); trying on${logFile ? `, see ${logFile}` : ""}`);
      gone ??= { how, at: Date.now() };
      wait = Date.now() - since > STEADY_MS ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
      again = setTimeout(launch, wait);
    });
  };
  launch();

  return {
    async stop() {
      isStopping = true;
      clearTimeout(again);
      const child = current;
      if (!child) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const impatience = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
      await ended;
      clearTimeout(impatience);
    },
  };
}
