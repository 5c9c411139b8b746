import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { testServerSchema } from "#db/testing/server.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import { benchContext } from "./context.ts";
import { notices } from "./notices.ts";

const ending = new Ending();
const folder = await mkdtemp(join(tmpdir(), "alongside-bench-"));
afterAll(async () => {
  await ending.run();
  await rm(folder, { recursive: true, force: true });
});

test("the bench of notices still runs, at a size whose figures mean nothing", async () => {
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  const ctx = benchContext({ size: "smoke", folder, ending, server });
  const names: string[] = [];
  for await (const { name } of notices.run(ctx)) names.push(name);
  expect(names).toHaveLength(4);
});
