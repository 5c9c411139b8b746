import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium as playwright } from "@playwright/test";

export type Chromium = { path: string; args: string[] };

// Without the window that nobody sees it takes a third less of the processor.
const installedNames = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
];

/**
 * A Chromium that starts: by CHROMIUM_PATH, installed, from Playwright's cache, downloaded by Playwright, or by apt
 * when we are root. @throws naming the package to install.
 */
export function findChromium(): Chromium {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    const found = trial(named);
    if (found) return found;
    throw new Error(`CHROMIUM_PATH is ${named}, which does not start.`);
  }
  const steps = [installed, cached, downloaded, byApt];
  for (const step of steps) {
    const path = step();
    const found = path ? trial(path) : null;
    if (found) return found;
  }
  throw new Error(
    "The browser tests found no Chromium and could not get one: install the package `chromium` (apt install chromium), or set CHROMIUM_PATH.",
  );
}

const installed = (): string | null =>
  installedNames
    .flatMap((name) =>
      (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)),
    )
    .find((path) => existsSync(path)) ?? null;

const cached = (): string | null => {
  const path = playwright.executablePath();
  return existsSync(path) ? path : null;
};

const downloaded = (): string | null => {
  console.log("No Chromium is installed: asking Playwright for one");
  run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
  return cached();
};

const byApt = (): string | null => {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return null;
  console.log("Playwright could not download one: installing Debian's");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], env);
  const install = ["install", "-y", "-qq", "--no-install-recommends"];
  // Older releases have it with a window only.
  for (const name of ["chromium-headless-shell", "chromium"])
    if (run("apt-get", [...install, name], env).status === 0) break;
  return installed();
};

const run = (command: string, args: string[], env = process.env) =>
  spawnSync(command, args, { env, stdio: ["ignore", "ignore", "inherit"], timeout: 10 * 60_000 });

/** Starts it once. As root, and where the system gives it no namespaces, it runs without its sandbox. */
function trial(path: string): Chromium | null {
  const isRoot = process.getuid?.() === 0;
  const choices = isRoot ? [["--no-sandbox"]] : [[], ["--no-sandbox"]];
  for (const args of choices) {
    const flags = ["--headless", "--disable-gpu", "--dump-dom", ...args];
    const { status } = spawnSync(path, [...flags, "about:blank"], {
      stdio: "ignore",
      timeout: 60_000,
    });
    if (status === 0) return { path, args };
  }
  return null;
}
