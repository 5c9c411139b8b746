import { mkdtemp, rm } from "node:fs/promises";
import { request as ask, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "#db/embedded/port.ts";
import { urlFor } from "#db/embedded/roles.ts";
import { type Cable, cable } from "#db/testing/cable.ts";
import { testServerSchema } from "#db/testing/server.ts";
import { testActionsKey, testDistDir } from "#e2e/support/build.ts";
import { emptyDatabase } from "#e2e/support/company.ts";
import { stack } from "#e2e/support/stack.ts";
import { keepRunning } from "#lib/platform/boot/child.ts";
import { childrenOf } from "#lib/platform/boot/children.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";
import { startStack } from "#lib/platform/boot/stack.ts";

export type OwnStack = {
  panelUrl: string;
  ledgerUrl: string;
  owner: pg.Pool;
  /** Between both panels, both workers and the panel's database. */
  line: Cable;
  close(): Promise<void>;
};

/** The header by which a test's browser comes to the second panel. */
export const toSecond = { "x-panel": "second" };

/**
 * A stack that may be broken without harm to other tests: two panels behind one address and two workers, their
 * database at the end of a cable, and a Ledger of its own.
 */
export async function startOwnStack(): Promise<OwnStack> {
  const ending = new Ending();
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  const [panelDb, ledgerDb] = [await emptyDatabase(server), await emptyDatabase(server)];
  const line = await cable(urlFor(server.adminUrl, panelDb, server.runtime));
  const ownerUrl = urlFor(server.adminUrl, panelDb, server.owner);
  const [first, second, door] = [await freePort(), await freePort(), await freePort()];
  const dataDir = await mkdtemp(join(tmpdir(), "alongside-faults-"));
  ending.add(() => rm(dataDir, { recursive: true, force: true }));
  const settings = await readSettings({
    NODE_ENV: "production",
    DEMO: "1",
    DATABASE_URL: line.url,
    DATABASE_OWNER_URL: ownerUrl,
    LEDGER_DATABASE_URL: urlFor(server.adminUrl, ledgerDb, server.owner),
    DATA_DIR: dataDir,
    DIST_DIR: testDistDir,
    PORT: String(first),
    LEDGER_PORT: String(await freePort()),
    ALONGSIDE_URL: `http://localhost:${door}`,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: testActionsKey,
    // The cookies that the tests mint are of the main stack.
    NEXTAUTH_SECRET: stack().authSecret,
  });
  const balancer = createServer((request, response) => {
    const port = request.headers["x-panel"] === "second" ? second : first;
    const { method, url: path, headers } = request;
    const onward = ask({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => balancer.listen(door, "127.0.0.1", done));
  ending.add(async () => {
    balancer.close();
    balancer.closeAllConnections();
  });
  await startStack(settings, ending, () => {});
  const databases = { runtimeUrl: line.url, ownerUrl, ledgerUrl: null, home: null };
  const others = childrenOf(settings, databases, () => {}).map((child) =>
    keepRunning({ ...child, env: { ...child.env, PORT: String(second) } }),
  );
  ending.add(async () => void (await Promise.all(others.map((child) => child.stop()))));
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  return {
    panelUrl: settings.alongsideUrl,
    ledgerUrl: settings.ledgerUrl,
    owner,
    line,
    close: async () => {
      await owner.end();
      await ending.run();
      await line.close();
    },
  };
}
