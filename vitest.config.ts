import { defineConfig } from "vitest/config";

export default defineConfig({
  // Server modules outside Next: the same condition under which Next resolves them.
  resolve: { conditions: ["react-server"] },
  ssr: { resolve: { conditions: ["react-server", "node"] } },
  test: {
    include: ["{app,bench,components,db,examples,lib,sdk}/**/*.test.ts"],
    globalSetup: ["db/testing/global-setup.ts"],
    setupFiles: ["db/testing/own-server.ts"],
    pool: "forks",
    // A process per file would cost more than its tests; each file has a database of its own all the same.
    isolate: false,
    // As many files side by side as there are servers: the log is read on up to the oldest transaction of a whole server.
    maxWorkers: JSON.parse(process.env.TEST_SERVERS ?? "[null]").length,
    execArgv: ["--conditions=react-server"],
    // Only what hangs meets them, and costs no more: a past takes eight seconds to make, twenty on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
