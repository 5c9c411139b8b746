import { defineConfig } from "@playwright/test";
import tests from "../../playwright.config.ts";

/** Not tests but pictures of every page in every state, for people to look at. */
export default defineConfig({
  ...tests,
  testDir: ".",
  testMatch: "*.screens.ts",
  outputDir: "../../test-results/screens-failed",
  use: { ...tests.use, contextOptions: { reducedMotion: "reduce" } },
});
