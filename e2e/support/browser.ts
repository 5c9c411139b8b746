import { cp } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "#db/embedded/port.ts";
import { urlFor } from "#db/embedded/roles.ts";
import type { TestServer } from "#db/testing/server.ts";
import { fakeSlack } from "#lib/notices/slack/testing.ts";
import { childrenOf } from "#lib/platform/boot/children.ts";
import type { Ending } from "#lib/platform/boot/ending.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";
import { startStack } from "#lib/platform/boot/stack.ts";
import { testActionsKey, testDistDir } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { emptyDatabase } from "./company.ts";
import { type Counts, playwrightCounts } from "./counts.ts";
import { runNode } from "./process.ts";
import type { RunningStack } from "./stack.ts";

type BrowserTests = { server: TestServer; folder: string; filters: string[]; ending: Ending };

/** The browser tests against a whole stack of their own, started as `npm start` does. */
export async function browserTests({
  server,
  folder,
  filters,
  ending,
}: BrowserTests): Promise<Counts> {
  const chromium = findChromium();
  const panel = await emptyDatabase(server);
  const ledger = await emptyDatabase(server);
  const [port, ledgerPort, mailPort] = [await freePort(), await freePort(), await freePort()];
  const dataDir = join(folder, "data");
  const slack = await fakeSlack({ anybody: true });
  ending.add(slack.close);
  const settings = await readSettings({
    NODE_ENV: "production",
    DEMO: "1",
    DATABASE_URL: urlFor(server.adminUrl, panel, server.runtime),
    DATABASE_OWNER_URL: urlFor(server.adminUrl, panel, server.owner),
    LEDGER_DATABASE_URL: urlFor(server.adminUrl, ledger, server.owner),
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
  const { ownerUrl, runtimeUrl } = await startStack(settings, ending, (line) =>
    console.log(`· ${line}`),
  );
  const ledgerDatabaseUrl = urlFor(server.adminUrl, ledger, server.owner);
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
  const report = join(folder, "playwright.json");
  const isFine = await runNode(
    ["node_modules/@playwright/test/cli.js", "test", "--pass-with-no-tests", ...filters],
    {
      ...asPanel?.env,
      E2E_STACK: JSON.stringify(stack),
      E2E_REPORT: report,
      // For specs that start a panel of their own.
      TEST_SERVER: JSON.stringify(server),
    },
    ending.signal,
  );
  const counts = await playwrightCounts(report, isFine);
  if (counts.failed > 0) {
    await cp(join(dataDir, "logs"), "test-results/logs", { recursive: true });
    console.log("What panel, worker and Ledger logged is in test-results/logs");
  }
  return counts;
}
