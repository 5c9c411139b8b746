import { defineConfig } from "vitest/config";

export default defineConfig({
  // Server modules outside Next: the same condition under which Next resolves them.
  resolve: { conditions: ["react-server"] },
  ssr: { resolve: { conditions: ["react-server", "node"] } },
  test: {
    include: ["{app,components,db,examples,lib,sdk}/**/*.test.ts"],
    globalSetup: ["db/testing/global-setup.ts"],
    pool: "forks",
    execArgv: ["--conditions=react-server"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
