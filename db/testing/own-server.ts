/*
 * Vitest calls this before each file: a worker has a server of its own (TEST_SERVERS), so that no file waits for another's
 * transactions.
 */

const servers: unknown[] = JSON.parse(process.env.TEST_SERVERS ?? "[]");
process.env.TEST_SERVER = JSON.stringify(servers[Number(process.env.VITEST_POOL_ID) - 1]);
