import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#db/embedded/port.ts";
import { isWhole, opened } from "#e2e/fixtures/http.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { testActionsKey, testDistDir } from "#e2e/support/build.ts";
import { stack } from "#e2e/support/stack.ts";
import { childrenOf } from "#lib/platform/boot/children.ts";
import { readSettings } from "#lib/platform/boot/settings.ts";

/** Another panel on this stack's database, to be ended. */
async function anotherPanel(dataDir: string) {
  const { runtimeUrl, ownerUrl, authSecret } = stack();
  const port = await freePort();
  const settings = await readSettings({
    NODE_ENV: "production",
    ...{ DEMO: "1", DATABASE_URL: runtimeUrl, DATABASE_OWNER_URL: ownerUrl, DATA_DIR: dataDir },
    ...{ DIST_DIR: testDistDir, PORT: String(port), NEXTAUTH_SECRET: authSecret },
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: testActionsKey,
  });
  const databases = { runtimeUrl, ownerUrl, ledgerUrl: null, home: null };
  const [panel] = childrenOf(settings, databases, () => {});
  if (!panel) throw new Error("There is no panel to start");
  const child = fork(panel.script, [], {
    env: { ...panel.env, NODE_ENV: "production" },
    execArgv: ["--conditions=react-server"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

test("a panel that is told to end does, with streams open, and each of them ends whole", async ({
  caller,
}) => {
  const dataDir = await mkdtemp(join(tmpdir(), "alongside-ending-"));
  const { child, url } = await anotherPanel(dataDir);
  const ended = once(child, "exit");
  try {
    const people = await Promise.all(Array.from({ length: 5 }, () => caller()));
    await expect
      .poll(
        () =>
          fetch(`${url}/api/health`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    const streams = await Promise.all(
      people.map(({ cookie }) =>
        opened(url, "/api/stream", { cookie, host: new URL(stack().panelUrl).host }),
      ),
    );
    expect(streams.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    for (const stream of streams) expect(await isWhole(stream)).toBe(true);
  } finally {
    if (child.exitCode === null) child.kill("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
  }
});
