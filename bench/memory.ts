import { readdir, readFile } from "node:fs/promises";

/** The process that listens for this panel, by its environment. */
export async function panelOf(port: number): Promise<string> {
  for (const pid of await readdir("/proc")) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!command.includes("boot/panel.ts")) continue;
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (environment.split("\0").includes(`PORT=${port}`)) return pid;
  }
  throw new Error("The panel's process is not to be seen: this bench needs /proc");
}

/** The most resident memory of a process while something runs, in MiB. */
export async function highest(pid: string, run: () => Promise<unknown>): Promise<number> {
  let most = 0;
  const look = async () => {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    most = Math.max(most, (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 2 ** 20);
  };
  await look();
  let next: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    next = look();
  }, 50);
  try {
    await run();
    await next;
  } finally {
    clearInterval(timer);
  }
  return most;
}
