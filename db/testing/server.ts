import { randomBytes } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, chmod, mkdtemp, readdir, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { startCluster } from "#db/embedded/cluster.ts";
import { findPlace } from "#db/embedded/place.ts";
import { stopOrphan } from "#db/embedded/processes.ts";
import { ensureRole, type Login, urlFor, withClient } from "#db/embedded/roles.ts";
import { migrate } from "#db/migrate.ts";

const login = z.object({ name: z.string(), password: z.string() });
/** A server for tests with a migrated database to copy; handed to other processes in TEST_SERVER, as JSON. */
export const testServerSchema = z.object({
  /** Of a role that may create databases. */
  adminUrl: z.string(),
  template: z.string(),
  owner: login,
  runtime: login,
});
export type TestServer = z.infer<typeof testServerSchema>;

type Started = { server: TestServer; stop: () => Promise<void> };

const secret = () => randomBytes(18).toString("base64url");

/** The servers that TEST_DATABASE_URL names, with commas between them: as many files can run side by side on them. */
export const namedServers = (): string[] =>
  process.env.TEST_DATABASE_URL?.split(",").filter(Boolean) ?? [];

/**
 * A server for one run of the tests: one that TEST_DATABASE_URL (superusers) or DATABASE_URL with
 * DATABASE_OWNER_URL (an owner who may create databases) names, or an embedded one, which waits for the disk only if
 * `durable`. `which` of the named servers: the first, unless said.
 */
export async function startTestServer({ durable = false, which = 0 } = {}): Promise<Started> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = process.env;
  const run = `alongside_test_${process.pid.toString(36)}_${randomBytes(3).toString("hex")}`;
  const named = namedServers();
  const url = named[which % named.length];
  if (url) return prepare(url, run, newLogins(run));
  if (DATABASE_URL && DATABASE_OWNER_URL) {
    const logins = { owner: loginOf(DATABASE_OWNER_URL), runtime: loginOf(DATABASE_URL) };
    return prepare(DATABASE_OWNER_URL, run, logins);
  }
  await sweep();
  const dataDir = await testDataDir(durable ? tmpdir() : await fleeting());
  const cluster = await startCluster({ dataDir, superuserPassword: secret(), durable });
  const stop = async () => {
    await cluster.stop();
    await removeData(dataDir);
  };
  try {
    const { server } = await prepare(cluster.superuserUrl, run, newLogins(run));
    return { server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const newLogins = (run: string) => ({
  owner: { name: `${run}_owner`, password: secret() },
  runtime: { name: `${run}_runtime`, password: secret() },
  isNew: true,
});

const loginOf = (url: string): Login => ({
  name: decodeURIComponent(new URL(url).username),
  password: decodeURIComponent(new URL(url).password),
});

async function prepare(
  adminUrl: string,
  template: string,
  { owner, runtime, isNew }: { owner: Login; runtime: Login; isNew?: boolean },
): Promise<Started> {
  await withClient(adminUrl, async (client) => {
    if (isNew) for (const role of [owner, runtime]) await ensureRole(client, role);
    await client.query(
      `create database ${template} owner "${owner.name}" template template0
         encoding 'UTF8' lc_collate 'C' lc_ctype 'C.UTF-8'`,
    );
  });
  await migrate({ ownerUrl: urlFor(adminUrl, template, owner), runtimeUser: runtime.name });
  const stop = () =>
    withClient(adminUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        "select datname as name from pg_database where starts_with(datname, $1)",
        [template],
      );
      for (const { name } of rows) await client.query(`drop database ${name} with (force)`);
      if (isNew) await client.query(`drop role "${runtime.name}", "${owner.name}"`);
    });
  return { server: { adminUrl, template, owner, runtime }, stop };
}

/** A folder that the server's user can reach, and a later run can tell whether this one still lives. */
export async function testDataDir(folder = tmpdir()): Promise<string> {
  const dataDir = await mkdtemp(join(folder, `alongside-test-${process.pid}-`));
  await chmod(dataDir, 0o711);
  return dataDir;
}

const memory = "/dev/shm";
const room = 2 * 2 ** 30;

/**
 * Where what need not last lies: in memory where there is plenty. Every database that a test copies and drops is nine hundred
 * files, and making them where as many were just removed took a disk's file system twice as long as all that is asked of them.
 */
async function fleeting(): Promise<string> {
  try {
    await access(memory, constants.W_OK);
    const { bavail, bsize } = await statfs(memory);
    if (bavail * bsize > room && process.availableMemory() > 2 * room) return memory;
  } catch {
    // This system has none, or none for us.
  }
  return tmpdir();
}

/** What a run left behind that was killed: its number is in the folder's name. */
async function sweep(): Promise<void> {
  for (const folder of [tmpdir(), memory])
    for (const name of await readdir(folder).catch(() => [])) {
      const pid = /^alongside-test-(\d+)-/.exec(name)?.[1];
      if (pid && !existsSync(`/proc/${pid}`)) await removeData(join(folder, name));
    }
}

async function removeData(dataDir: string): Promise<void> {
  try {
    const { home, runAs } = await findPlace(dataDir);
    await stopOrphan(join(home, "cluster"), runAs);
    await rm(home, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  } catch {
    // Another user's, or removed by another run meanwhile.
  }
}
