import { startTestServer } from "./server.ts";

/** Vitest calls this once per run. `npm test` has servers already; a plain `npx vitest run` starts its own. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_SERVERS) return undefined;
  const { server, stop } = await startTestServer();
  process.env.TEST_SERVERS = JSON.stringify([server]);
  return stop;
}
