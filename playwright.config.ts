import { defineConfig } from "@playwright/test";
import { stack, stackEnvironments } from "./e2e/support/stack.ts";

// Each worker reads this file anew, before anything else: from here on it knows its own stack only.
const environments = stackEnvironments();
const mine = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
Object.assign(process.env, environments[mine]);
const { panelUrl, chromium } = stack();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: environments.length,
  retries: 0,
  forbidOnly: true,
  // The longest takes half a minute, and on a busy machine several times that. What hangs meets the time of its step first.
  timeout: 240_000,
  expect: { timeout: 20_000, toPass: { timeout: 60_000 } },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.E2E_REPORT ?? "test-results/report.json" }],
  ],
  use: {
    baseURL: panelUrl,
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    screenshot: "only-on-failure",
    // It costs of every test what is looked at of the few that fail; those leave their page, as words and as a picture.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    launchOptions: {
      executablePath: chromium.path,
      args: [
        ...chromium.args,
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
      // Off by Playwright's default, on for people: what Back shows is part of the tests.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    },
  },
});
