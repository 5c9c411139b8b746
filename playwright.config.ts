import { defineConfig } from "@playwright/test";
import { stack } from "./e2e/support/stack.ts";

const { panelUrl, chromium } = stack();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Only what hangs meets it: the longest takes half a minute, and on a busy machine several times that.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [
    ["list"],
    ["json", { outputFile: process.env.E2E_REPORT ?? "test-results/report.json" }],
  ],
  use: {
    baseURL: panelUrl,
    locale: "en-GB",
    timezoneId: "Europe/Lisbon",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
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
