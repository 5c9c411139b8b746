import { type ChildProcess, fork } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.ts";

export type ChildOptions = {
  name: string;
  script: string;
  env: Record<string, string>;
  /** Where its output goes; null: to our own. */
  logFile: string | null;
  say: (line: string) => void;
};

export type Child = { stop(): Promise<void> };

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
    child.once("exit", (code, signal) => {
      current = null;
      if (isStopping) return;
      wait = Date.now() - since > STEADY_MS ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
      again = setTimeout(() => {
        say(
          `${name} ended (${signal ?? `code ${code}`}); starting it again${logFile ? `, see ${logFile}` : ""}`,
        );
        launch();
      }, wait);
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
