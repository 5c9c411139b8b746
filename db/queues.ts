import pg from "pg";
import { PgBoss } from "pg-boss";

/** One queue for each way out of the panel, so that a slow one holds up no other. */
export const queues = ["notice-mail", "notice-slack", "notice-webhook"] as const;
export type Queue = (typeof queues)[number];

const schema = "pgboss";

type Sql = Pick<pg.ClientBase, "query">;
/** What runs pg-boss's statements: a pool, a connection, a transaction. */
type Runs = { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> };

/** A job that was begun and not finished in this time was a killed worker's: another takes it. Seconds. */
const expireInSeconds = 40;

/**
 * pg-boss over connections of ours. It makes, changes and watches nothing by itself: the tables are made when the
 * database is migrated, and the worker says when to look after them.
 */
export function bossOver(db: Runs, migrate = false): PgBoss {
  const boss = new PgBoss({
    db,
    schema,
    migrate,
    createSchema: migrate,
    supervise: false,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // What goes wrong in a call is thrown there.
  boss.on("error", () => {});
  return boss;
}

/** As the owner: makes the queues where they are missing, brings them to pg-boss's version, and lets the panel use them. */
export async function ensureQueues(client: Sql, runtimeUser: string): Promise<void> {
  const boss = bossOver({ executeSql: (text, values) => client.query(text, values) }, true);
  await boss.start();
  for (const name of queues) {
    const options = { expireInSeconds, retryLimit: 10_000, retryDelay: 5, retryDelayMax: 300 };
    await boss.createQueue(name, { ...options, retryBackoff: true, deleteAfterSeconds: 3_600 });
  }
  await boss.stop({ graceful: false });
  const role = pg.escapeIdentifier(runtimeUser);
  await client.query(`
    revoke all on schema ${schema} from public;
    revoke all on all functions in schema ${schema} from public;
    grant usage on schema ${schema} to ${role};
    grant select on all tables in schema ${schema} to ${role};
    grant insert, update, delete on ${schema}.job, ${schema}.job_common to ${role};
    grant update on ${schema}.queue, ${schema}.version to ${role};
    grant delete on ${schema}.job_dependency to ${role};
    grant execute on function ${schema}.job_now() to ${role}`);
}
