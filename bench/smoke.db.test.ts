import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testServerSchema } from "#db/testing/server.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import type { Bench, BenchCtx } from "./bench.ts";
import { benchContext } from "./context.ts";
import { decision } from "./decision.ts";
import type { Figure } from "./figure.ts";
import { sdk } from "./sdk.ts";
import { start } from "./start.ts";
import { told } from "./told.ts";

/*
 * That these parts still run, at a size whose figures mean nothing: each throws where an answer is not the right one.
 */

const ending = new Ending();
let ctx: BenchCtx;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "alongside-bench-"));
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  ctx = benchContext({ size: "smoke", folder, ending, server });
});
afterAll(async () => {
  await ending.run();
  await rm(folder, { recursive: true, force: true });
});

const figuresOf = async ({ run }: Bench): Promise<Figure[]> => {
  const figures: Figure[] = [];
  for await (const figure of run(ctx)) figures.push(figure);
  return figures;
};

test("a start that is told to open pages, and one that is not", async () => {
  expect(await figuresOf(told)).toHaveLength(2);
});

test("a start, and the one statement that it is held against", async () => {
  expect(await figuresOf(start)).toHaveLength(2);
});

test("a token, a customer's own request, and the demo product with the SDK and without", async () => {
  expect(await figuresOf(sdk)).toHaveLength(3);
});

test("a decision, and the one statement that it is held against", async () => {
  expect(await figuresOf(decision)).toHaveLength(2);
});
