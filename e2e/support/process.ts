import { type ChildProcess, spawn } from "node:child_process";

/** Runs one of our tools by this Node, its output shown as it comes; gives whether it ended well. */
export function runNode(
  args: string[],
  env: Record<string, string | undefined>,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      signal,
      killSignal: "SIGTERM",
    });
    settle(child, args[0] ?? "node", signal, resolve);
  });
}

/** The same for a program of `node_modules/.bin`, which need not be JavaScript. */
export function runTool(name: string, args: string[], signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${name}`, args, {
      stdio: ["ignore", "inherit", "inherit"],
      signal,
    });
    settle(child, name, signal, resolve);
  });
}

/** Says what ended it, where that was neither its own doing nor ours: what is killed for its memory says nothing itself. */
function settle(
  child: ChildProcess,
  name: string,
  ours: AbortSignal,
  resolve: (isFine: boolean) => void,
): void {
  child.once("error", (error) => {
    if (!ours.aborted) console.error(`${name}: ${error.message}`);
    resolve(false);
  });
  child.once("exit", (code, signal) => {
    if (signal && !ours.aborted) console.error(`${name} was ended by ${signal}`);
    resolve(code === 0);
  });
}
