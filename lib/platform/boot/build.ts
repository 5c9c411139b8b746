import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "#db/failure.ts";

export const root = join(import.meta.dirname, "..", "..", "..");
const folders = ["app", "components", "db", "lib", "public", "sdk"];
const files = [
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "tsconfig.json",
];
const isTest = /\.test\.tsx?$/;

export type Build = {
  distDir: string;
  actionsKey: string;
  logFile: string;
  say: (line: string) => void;
  signal?: AbortSignal;
};

/** Builds the panel unless what is in `distDir` was built from the very same sources. */
export async function buildIfStale({
  distDir,
  actionsKey,
  logFile,
  say,
  signal,
}: Build): Promise<void> {
  const hash = await sourceHash(actionsKey);
  const mark = join(root, distDir, "built-from");
  if ((await readFile(mark, "utf8").catch(() => "")) === hash) return;
  say("Building the panel; this takes a minute or two, and only when the sources changed");
  await rm(mark, { force: true });
  const code = await nextBuild(distDir, actionsKey, logFile, signal);
  if (signal?.aborted) return;
  if (code !== 0)
    throw new Failure(
      `The build failed. Its last words (all of them: ${logFile}):\n\n${await tail(logFile)}`,
    );
  await writeFile(mark, hash);
}

async function nextBuild(
  distDir: string,
  actionsKey: string,
  logFile: string,
  signal?: AbortSignal,
) {
  await mkdir(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const build = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      DIST_DIR: distDir,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionsKey,
      NEXT_TELEMETRY_DISABLED: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  for (const stream of [build.stdout, build.stderr]) stream.pipe(log, { end: false });
  return new Promise<number | null>((resolve, reject) => {
    build.once("error", (error) => (error.name === "AbortError" ? resolve(null) : reject(error)));
    build.once("close", (code) => log.end(() => resolve(code)));
  });
}

/** Of everything that a build reads, of the key that it bakes in, and of whether it has the bench's routes. */
async function sourceHash(actionsKey: string): Promise<string> {
  const hash = createHash("sha256").update(actionsKey).update(process.versions.node);
  hash.update(process.env.BENCH_ROUTES ?? "");
  const listed = await Promise.all(
    folders.map(async (folder) =>
      existsSync(join(root, folder))
        ? (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
            .filter((entry) => entry.isFile() && !isTest.test(entry.name))
            .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        : [],
    ),
  );
  for (const file of [...listed.flat().sort(), ...files]) {
    const content = await readFile(join(root, file)).catch(() => null);
    hash.update(`\0${file}\0`).update(content ?? "none");
  }
  return hash.digest("hex");
}

/** The last lines of a log. */
export const tail = async (file: string, lines = 20): Promise<string> =>
  (await readFile(file, "utf8").catch(() => "")).trimEnd().split("\n").slice(-lines).join("\n");
