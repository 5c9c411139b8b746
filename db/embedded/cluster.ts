import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { Failure } from "#db/failure.ts";
import { clearedEnv, findPlace, type Place } from "./place.ts";
import { keptPort } from "./port.ts";
import { stopOrphan } from "./processes.ts";

export type ClusterOptions = {
  dataDir: string;
  superuserPassword: string;
  /** False for tests: nothing waits for the disk, and a crash of the machine may lose everything. */
  durable: boolean;
  /** A cluster that is there belongs to passwords that are lost: keep it under another name and make a new one. */
  setAside?: boolean;
  /** Where it must listen, because others know it there; else where it did before, if that is free. */
  port?: number;
  say?: (line: string) => void;
};

export type Cluster = {
  /** The folder that holds the data. */
  home: string;
  port: number;
  superuserUrl: string;
  /** Settles when the server ends, asked to or not. */
  ended: Promise<void>;
  /** Ends it, cutting connections off but finishing what was committed. */
  stop(): Promise<void>;
};

const READY_MS = 60_000;
const STOP_MS = 15_000;

/**
 * Starts the embedded PostgreSQL over `dataDir`, making the cluster first where there is none. It listens on loopback
 * only and recovers from a crash by itself; a server left behind by an earlier run is ended, never adopted.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const place = await findPlace(resolve(options.dataDir));
  const cluster = join(place.home, "cluster");
  if (existsSync(cluster)) {
    await stopOrphan(cluster, place.runAs);
    if (options.setAside) {
      const aside = `${cluster}-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}`;
      await rename(cluster, aside);
      options.say?.(`Its secrets.json is gone, so the old database was set aside as ${aside}`);
    }
  }
  if (!existsSync(cluster)) await initialise(place, cluster, options);
  const port = options.port ?? (await keptPort(join(resolve(options.dataDir), "postgres-port")));
  const server = await launch(place, cluster, port, options.durable);
  const ended = new Promise<void>((done) => server.once("exit", () => done()));
  const superuserUrl = `postgres://postgres:${options.superuserPassword}@127.0.0.1:${port}/postgres`;
  await ready(server, superuserUrl, join(place.home, "postgres.log"));
  return { home: place.home, port, superuserUrl, ended, stop: () => stop(server, ended) };
}

/**
 * The locale is part of the promise: with another ctype, trigrams of Cyrillic are empty and search finds nothing.
 * Made beside its place and renamed, so that an interrupted attempt leaves nothing that looks whole.
 */
async function initialise(place: Place, cluster: string, options: ClusterOptions): Promise<void> {
  const { uid, gid } = place.runAs;
  const half = `${cluster}.half`;
  const passwordFile = join(place.home, "password");
  await rm(half, { recursive: true, force: true });
  await writeFile(passwordFile, options.superuserPassword, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(passwordFile, uid, gid);
  const flags = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  locale.push("--lc-ctype=C.UTF-8", "--lc-collate=C", "--lc-messages=C");
  const sync = options.durable ? [] : ["--no-sync"];
  try {
    const initdb = spawn(
      join(place.native, "bin", "initdb"),
      ["-D", half, ...flags, ...locale, ...sync, "--no-instructions"],
      { ...place.runAs, cwd: "/", env: clearedEnv, stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    initdb.stdout.on("data", (chunk) => (output += chunk));
    initdb.stderr.on("data", (chunk) => (output += chunk));
    const code = await new Promise((done, fail) => initdb.once("error", fail).once("close", done));
    if (code !== 0) throw new Failure(`The database could not be made in ${cluster}:\n${output}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, cluster);
}

/** A quarter of what this machine, or this container, has, as PostgreSQL's manual advises; 1 GB at most. */
function sharedMegabytes(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.max(128, Math.min(1024, Math.floor(memory / 4 / 2 ** 20)));
}

/** The log too is kept short: it may lie in memory. */
const loose = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_wal_size: "128MB",
};

/** In a process group of its own, so that Ctrl-C reaches us and we decide the order. */
async function launch(place: Place, cluster: string, port: number, durable: boolean) {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    log_timezone: "UTC",
    timezone: "UTC",
    ...(durable ? { shared_buffers: `${sharedMegabytes()}MB` } : loose),
  };
  const log = await open(join(place.home, "postgres.log"), "a", 0o600);
  const server = spawn(
    join(place.native, "bin", "postgres"),
    [
      "-D",
      cluster,
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      ...place.runAs,
      cwd: "/",
      env: clearedEnv,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    },
  );
  await log.close();
  return server;
}

async function ready(server: ChildProcess, url: string, log: string): Promise<void> {
  let failure: unknown;
  server.once("error", (error) => (failure = error));
  for (const until = Date.now() + READY_MS; Date.now() < until; await delay(50)) {
    if (failure || server.exitCode !== null || server.signalCode !== null) break;
    try {
      const client = new pg.Client({ connectionString: url });
      client.on("error", () => {});
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      // 28P01: wrong password. Waiting does not help.
      if (error instanceof Error && "code" in error && error.code === "28P01") {
        server.kill("SIGINT");
        throw new Failure(
          "The database does not take the password in secrets.json: that file belongs to another database.",
        );
      }
    }
  }
  server.kill("SIGQUIT");
  const lines = (await readFile(log, "utf8").catch(() => "")).trimEnd().split("\n").slice(-12);
  throw new Failure(`The embedded PostgreSQL did not start:\n${failure ?? lines.join("\n")}`);
}

async function stop(server: ChildProcess, ended: Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGINT");
  const impatience = setTimeout(() => server.kill("SIGQUIT"), STOP_MS);
  await ended;
  clearTimeout(impatience);
}
