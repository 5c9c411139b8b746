import pg from "pg";
import { closeDatabase, database } from "../database.ts";
import { env } from "../env.ts";
import { log } from "../log.ts";
import { runDue } from "../worker.ts";
import { refuseToRunAsOwner } from "./as-runtime.ts";
import { endWithParent } from "./with-parent.ts";

/** The guarantee; a notification only makes it sooner. */
const POLL_MS = 3_000;
const LISTEN_AGAIN_MS = 5_000;

let isEnding = false;
let wake: () => void = () => {};
let round: Promise<void> = Promise.resolve();
let listener: pg.Client | undefined;

endWithParent(async () => {
  isEnding = true;
  wake();
  await round;
  await listener?.end().catch(() => {});
  await closeDatabase();
});

await refuseToRunAsOwner(database());
void listen();
while (!isEnding) {
  round = runDue().catch((error: unknown) => {
    log().error({ error: error instanceof Error ? error.message : "unknown" }, "worker round");
  });
  await round;
  if (!isEnding) await pause();
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** One connection outside the pool, opened again when it is lost. */
async function listen(): Promise<void> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "alongside worker",
  });
  const again = () => {
    if (listener !== client) return;
    listener = undefined;
    if (!isEnding) setTimeout(() => void listen(), LISTEN_AGAIN_MS).unref();
  };
  listener = client;
  client.on("error", again);
  client.on("end", again);
  client.on("notification", () => wake());
  try {
    await client.connect();
    await client.query("listen alongside");
  } catch {
    again();
  }
}
