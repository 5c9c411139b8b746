import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "#db/embedded/port.ts";
import { urlFor } from "#db/embedded/roles.ts";
import type { TestServer } from "#db/testing/server.ts";
import { fakeSlack } from "#lib/notices/slack/testing.ts";
import { buildIfStale } from "#lib/platform/boot/build.ts";
import { childrenOf } from "#lib/platform/boot/children.ts";
import type { Ending } from "#lib/platform/boot/ending.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";
import { startStack } from "#lib/platform/boot/stack.ts";
import { testActionsKey, testDistDir } from "./build.ts";
import { type Chromium, findChromium } from "./chromium.ts";
import { emptyDatabase } from "./company.ts";
import { type Counts, playwrightCounts } from "./counts.ts";
import { runNode } from "./process.ts";
import { settled } from "./settled.ts";
import type { RunningStack } from "./stack.ts";

type BrowserTests = {
  servers: TestServer[];
  folder: string;
  filters: string[];
  ending: Ending;
  /** Playwright's settings; those of the tests unless said. */
  config?: string;
  /** Whether the demo has its past. */
  withHistory?: boolean;
};

/**
 * The browser tests, on as many whole stacks side by side as there are servers: a worker of Playwright's has one for itself,
 * and takes the next file when it is done with one.
 */
export async function browserTests({
  servers,
  folder,
  filters,
  ending,
  config = "playwright.config.ts",
  withHistory = false,
}: BrowserTests): Promise<Counts> {
  const chromium = findChromium();
  await buildIfStale({
    ...{ distDir: testDistDir, actionsKey: testActionsKey, say, signal: ending.signal },
    logFile: join(folder, "build.log"),
  });
  const places = servers.map((server, n) => {
    const name = `stack-${n + 1}`;
    return { name, server, dataDir: join(folder, name) };
  });
  const stacks = await settled(
    places.map((place) => startOne({ ...place, chromium, ending, withHistory })),
  );
  const report = join(folder, "playwright.json");
  const isFine = await runNode(
    [
      ...["node_modules/@playwright/test/cli.js", "test", "--config", config],
      ...["--pass-with-no-tests", ...filters],
    ],
    { E2E_STACKS: JSON.stringify(stacks), E2E_REPORT: report },
    ending.signal,
  );
  const counts = await playwrightCounts(report, isFine);
  if (counts.failed > 0) {
    for (const { name, dataDir } of places)
      await cp(join(dataDir, "logs"), `test-results/logs/${name}`, { recursive: true });
    if (existsSync(report)) await cp(report, "test-results/report.json");
    console.log(
      "What panel, worker and Ledger logged is in test-results/logs; which test ran on which stack, and when, in test-results/report.json (parallelIndex: 0 is stack-1)",
    );
  }
  return counts;
}

type One = {
  server: TestServer;
  chromium: Chromium;
  dataDir: string;
  ending: Ending;
  withHistory: boolean;
};

/** A stack as `npm start` starts it; gives the environment of the worker that it is for. */
async function startOne({
  server,
  chromium,
  dataDir,
  ending,
  withHistory,
}: One): Promise<Record<string, string>> {
  const panel = await emptyDatabase(server);
  const ledger = await emptyDatabase(server);
  const [port, ledgerPort, mailPort] = [await freePort(), await freePort(), await freePort()];
  const slack = await fakeSlack({ anybody: true });
  ending.add(slack.close);
  const ledgerDatabaseUrl = urlFor(server.adminUrl, ledger, server.owner);
  const settings = await readSettings({
    NODE_ENV: "production",
    DEMO: "1",
    DATABASE_URL: urlFor(server.adminUrl, panel, server.runtime),
    DATABASE_OWNER_URL: urlFor(server.adminUrl, panel, server.owner),
    LEDGER_DATABASE_URL: ledgerDatabaseUrl,
    DATA_DIR: dataDir,
    DIST_DIR: testDistDir,
    PORT: String(port),
    LEDGER_PORT: String(ledgerPort),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: testActionsKey,
    // Nobody listens there until a spec does.
    SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
    MAIL_FROM: "Alongside <alongside@acme.test>",
    SLACK_BOT_TOKEN: slack.settings.botToken,
    SLACK_SIGNING_SECRET: slack.settings.signingSecret,
    SLACK_API_URL: slack.settings.apiUrl,
  });
  const { ownerUrl, runtimeUrl } = await startStack(settings, ending, say, { withHistory });
  const stack: RunningStack = {
    panelUrl: settings.alongsideUrl,
    ledgerUrl: settings.ledgerUrl,
    runtimeUrl,
    ownerUrl,
    ledgerDatabaseUrl,
    authSecret: settings.keys.NEXTAUTH_SECRET,
    ledgerClientSecret: settings.keys.LEDGER_CLIENT_SECRET,
    mailPort,
    slack: { apiUrl: slack.settings.apiUrl, signingSecret: slack.settings.signingSecret },
    chromium,
  };
  // The panel's own settings too, so that specs can mint the cookie that the panel takes.
  const [asPanel] = childrenOf(
    settings,
    { runtimeUrl, ownerUrl, ledgerUrl: null, home: null },
    () => {},
  );
  return {
    ...asPanel?.env,
    E2E_STACK: JSON.stringify(stack),
    // For specs that start a panel of their own.
    TEST_SERVER: JSON.stringify(server),
  };
}

const say = (line: string) => console.log(`· ${line}`);
