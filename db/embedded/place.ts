import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants } from "node:fs";
import { chown, mkdir, readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "#db/failure.ts";
import { copyBinaries, healLinks, installedBinaries } from "./binaries.ts";

/** Who runs the server: nobody in particular, or for root (as which PostgreSQL refuses to run) another user. */
export type RunAs = { uid?: number; gid?: number };

/** What a process of the server's user is given: nothing of ours. (Next's types want the name to be there.) */
export const clearedEnv: NodeJS.ProcessEnv = { NODE_ENV: "production" };

export type Place = {
  /** Holds `bin`, `lib`, `share`. */
  native: string;
  /** Holds the cluster's folder and its log; the server's user may write to it. */
  home: string;
  runAs: RunAs;
};

const outside = "/var/lib/alongside";

/**
 * Where the server runs and as whom. For root, binaries and data move to /var/lib/alongside when the other user
 * cannot reach them where they are: a checkout under a home with mode 0700.
 */
export async function findPlace(dataDir: string): Promise<Place> {
  const native = installedBinaries();
  const home = join(dataDir, "postgres");
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  if (process.getuid?.() !== 0) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    return { native: await healed(native, dataDir), home, runAs: {} };
  }
  const runAs = await unprivilegedUser();
  await healLinks(native);
  const canRun = mayReach(runAs, join(native, "bin", "postgres"));
  return {
    native: canRun ? native : await copyBinaries(native, outside),
    home: await reachableHome(home, dataDir, runAs),
    runAs,
  };
}

async function reachableHome(home: string, dataDir: string, runAs: Required<RunAs>) {
  const mode = 0o700;
  await mkdir(home, { recursive: true, mode });
  await chown(home, runAs.uid, runAs.gid);
  if (mayReach(runAs, home)) return home;
  await rmdir(home).catch(() => {});
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  await mkdir(join(outside, hash), { recursive: true });
  await chown(join(outside, hash), runAs.uid, runAs.gid);
  return join(outside, hash);
}

/** An installation that belongs to somebody else cannot be healed in place: then a copy is. */
async function healed(native: string, dataDir: string): Promise<string> {
  try {
    await healLinks(native);
    accessSync(join(native, "bin", "postgres"), constants.X_OK);
    return native;
  } catch {
    const copy = await copyBinaries(native, dataDir);
    await healLinks(copy);
    return copy;
  }
}

async function unprivilegedUser(): Promise<Required<RunAs>> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = lines.find(([name]) => name === "nobody") ?? [];
  if (!uid || !gid)
    throw new Failure(
      "PostgreSQL does not run as root and there is no user `nobody` to run it: start as another user.",
    );
  return { uid: Number(uid), gid: Number(gid) };
}

/** Asked of the system itself, so that every folder on the way, group and access list counts. */
const mayReach = (runAs: RunAs, path: string): boolean =>
  spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], { ...runAs, cwd: "/", env: clearedEnv })
    .status === 0;
