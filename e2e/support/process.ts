import { spawn } from "node:child_process";

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
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** The same for a program of `node_modules/.bin`, which need not be JavaScript. */
export function runTool(name: string, args: string[], signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${name}`, args, {
      stdio: ["ignore", "inherit", "inherit"],
      signal,
    });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
