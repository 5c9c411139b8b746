import { tmpdir } from "node:os";
import { afterAll, expect, test } from "vitest";
import { testServerSchema } from "#db/testing/server.ts";
import { detectorRules } from "#lib/findings/detector-rules.ts";
import { Ending } from "#lib/platform/boot/ending.ts";
import { benchContext } from "./context.ts";
import type { Figure } from "./figure.ts";
import { findings } from "./findings.ts";

const ending = new Ending();
afterAll(() => ending.run());

test("the detectors over the labelled cases, without the quarter's ordinary work, still run and find", async () => {
  const server = testServerSchema.parse(JSON.parse(process.env.TEST_SERVER ?? "null"));
  const figures: Figure[] = [];
  for await (const figure of findings.run(
    benchContext({ size: "smoke", folder: tmpdir(), ending, server }),
  ))
    figures.push(figure);
  const recall = figures.filter(({ name }) => /^recall, .*: \d+ of \d+ cases$/.test(name));
  // Every break-glass is a finding: there is nothing to judge in it, and no labelled case.
  const judged = detectorRules.filter(({ name }) => name !== "break_glass");
  expect(recall).toHaveLength(judged.length + 1);
  // What hides under a ticket of one's own is found by none; every detector finds some of its cases.
  expect(recall.filter(({ value }) => value === 0).map(({ name }) => name)).toEqual([
    "recall, once under a ticket of one’s own: 0 of 8 cases",
  ]);
});
