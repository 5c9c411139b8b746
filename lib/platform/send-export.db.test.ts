import { expect, test } from "vitest";
import { Lane } from "#db/lane.ts";
import { startLogSchema } from "#lib/evidence/exports/schemas.ts";
import { startLogExport } from "#lib/evidence/exports/start.ts";
import { withCompliance } from "#lib/evidence/exports/testing.ts";
import { newId } from "#lib/kernel/ids.ts";
import { sendExport } from "./send-export.ts";

const { s, cleo, carl } = await withCompliance();
const { signal } = new AbortController();
const lane = new Lane(1, 0);

async function begin(ctx: typeof cleo): Promise<string> {
  const asked = { format: "jsonl", filter: "", reason: "A test of the export" };
  const started = await startLogExport(ctx, startLogSchema.parse(asked));
  if (!started.ok) throw new Error(started.error.message);
  return started.value.id;
}
const rowOf = async (id: string) =>
  (await s.owner.query("select status, fetched_at from exports where id = $1", [id])).rows[0];

test("who finds no place keeps their export, and fetches it later", async () => {
  const [first, second] = [await begin(cleo), await begin(carl)];
  const taken = await sendExport(cleo, first, signal, lane);
  const refused = await sendExport(carl, second, signal, lane);
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(await refused.json()).toMatchObject({
    detail: "Others fetch their exports. Nothing happened: try again in a minute.",
  });
  expect(await rowOf(second)).toEqual({ status: "running", fetched_at: null });
  await taken.bytes();
  expect(await (await sendExport(carl, second, signal, lane)).text()).toContain('{"kind":"end"');
  expect(await rowOf(second)).toMatchObject({ status: "complete" });
});

test("who is refused takes no place", async () => {
  expect((await sendExport(cleo, newId(), signal, lane)).status).toBe(404);
  expect((await sendExport(carl, await begin(carl), signal, lane)).status).toBe(200);
});
