import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "#db/embedded/port.ts";
import { testDataDir } from "#db/testing/server.ts";
import { testActionsKey, testDistDir } from "#e2e/support/build.ts";
import { type Part, partOf, signal } from "#e2e/support/our-processes.ts";
import { ensureOurs } from "#lib/platform/boot/databases.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";

/** As `npm start` says it. */
const script = ["lib/platform/boot/node.js", "lib/platform/boot/start.ts"] as const;

export type Started = {
  /** What it has printed so far. */
  said: () => string;
  /** Its process, which holds the others. */
  pid: number;
  kill: (part: Part) => void;
  /** Sends it a signal and waits for its end. */
  end: (name: NodeJS.Signals) => Promise<void>;
};

export type Installation = {
  panelUrl: string;
  ledgerUrl: string;
  /** `npm start`, in a process of its own. */
  start: () => Started;
  /** Its two addresses, once it runs. */
  databases: () => Promise<{ ownerUrl: string; runtimeUrl: string }>;
  remove: () => Promise<void>;
};

/** A folder and ports for a stack of one's own, which is started as a person does. */
export async function installation(): Promise<Installation> {
  const dataDir = await testDataDir();
  const [port, ledgerPort] = [await freePort(), await freePort()];
  const { PATH = "", HOME = "" } = process.env;
  const env: NodeJS.ProcessEnv = {
    ...{ PATH, HOME, LANG: "C.UTF-8", NODE_ENV: "production", DATA_DIR: dataDir },
    ...{ PORT: String(port), LEDGER_PORT: String(ledgerPort), DIST_DIR: testDistDir },
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: testActionsKey,
  };
  const running: ChildProcess[] = [];
  return {
    panelUrl: `http://localhost:${port}`,
    ledgerUrl: `http://127.0.0.1:${ledgerPort}`,
    start() {
      const child = spawn(process.execPath, [...script], {
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      running.push(child);
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
      const { pid } = child;
      if (pid === undefined) throw new Error("It could not be started");
      return {
        said: () => text,
        pid,
        kill: (part) => {
          const found = partOf(pid, part);
          if (found === undefined) throw new Error(`${part} is not there`);
          signal(found, "SIGKILL");
        },
        end: async (name) => {
          const ended = once(child, "exit");
          child.kill(name);
          await ended;
        },
      };
    },
    async databases() {
      const { kept } = await readSettings(env);
      if (!kept) throw new Error("An embedded database has secrets");
      const { superuser } = kept.secrets.databasePasswords;
      const port = (await readFile(join(dataDir, "postgres-port"), "utf8")).trim();
      const superuserUrl = `postgres://postgres:${superuser}@127.0.0.1:${port}/postgres`;
      return ensureOurs(superuserUrl, kept.secrets);
    },
    async remove() {
      for (const child of running) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export const poolTo = (connectionString: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max: 2 });
  // Its server is killed under it.
  pool.on("error", () => {});
  return pool;
};
