import { readdir, readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { RunningPanel } from "./bench.ts";

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

/**
 * The panel's process anew, as it idles: what others left in the memory of the one before is no part of it. It has answered
 * some pages, so that what every panel needs is loaded, and nothing of what is measured. Gives its process and its memory.
 */
export async function freshPanel(
  { url, settings: { port } }: RunningPanel,
  cookie: string,
): Promise<{ pid: string; idle: number }> {
  const before = await panelOf(port);
  process.kill(Number(before), "SIGTERM");
  const answers = async () =>
    (await panelOf(port).catch(() => before)) !== before &&
    (await fetch(`${url}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    ));
  while (!(await answers())) await setTimeout(100);
  for (let turn = 0; turn < 10; turn += 1)
    for (const path of ["/reviews", "/audit/exports"])
      await (await fetch(`${url}${path}`, { headers: { cookie } })).text();
  const pid = await panelOf(port);
  return { pid, idle: await highest(pid, () => setTimeout(5000)) };
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
