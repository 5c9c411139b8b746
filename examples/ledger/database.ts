import { Pool, type PoolClient, types } from "pg";
import { env } from "./env.ts";

// A date without a time stays the text that it is: `2026-11-24`.
types.setTypeParser(types.builtins.DATE, (value) => value);

export const pool = new Pool({ connectionString: env.databaseUrl, max: 8 });
// A connection that breaks while idle is replaced by the pool; without a listener it ends the process.
pool.on("error", (error) => console.error(`ledger: lost a connection: ${error.message}`));

export type Queries = Pick<PoolClient, "query">;

export async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
