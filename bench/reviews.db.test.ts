import { tmpdir } from "node:os";
import { afterAll, expect, test } from "vitest";
import { testServerSchema } from "#db/testing/server.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import { benchContext } from "./context.ts";
import type { Figure } from "./figure.ts";
import { reviews } from "./reviews.ts";

const ending = new Ending();
afterAll(() => ending.run());

test("the opening of a review, and the bare insert of its rows, still run", async () => {
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  const figures: Figure[] = [];
  for await (const figure of reviews.run(
    benchContext({ size: "smoke", folder: tmpdir(), ending, server }),
  ))
    figures.push(figure);
  expect(figures).toHaveLength(2);
});
