import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { digestOf, samplePdf, sampleZip } from "./testing.ts";

const run = promisify(execFile);
const script = `
  const { digestOf, samplePdf, sampleZip } = await import("./lib/files/testing.ts");
  console.log(await digestOf(sampleZip()), await digestOf(samplePdf()), new Date(0).getTimezoneOffset());
`;

test("ZIP and PDF are the same bytes in every time zone and at every time", async () => {
  const here = [await digestOf(sampleZip()), await digestOf(samplePdf())];
  const offsets = new Set<string>();
  for (const TZ of ["Pacific/Kiritimati", "America/St_Johns"]) {
    const { stdout } = await run(
      process.execPath,
      ["--conditions=react-server", "--input-type=module", "-e", script],
      { env: { ...process.env, TZ } },
    );
    const [zip, pdf, offset = ""] = stdout.trim().split(" ");
    expect([zip, pdf]).toEqual(here);
    offsets.add(offset);
  }
  expect(offsets.size).toBe(2);
});
