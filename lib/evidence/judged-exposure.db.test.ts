import { expect, test } from "vitest";
import { addSubject, hire } from "#db/testing/people.ts";
import { worked } from "#db/testing/worked.ts";
import { readPeriod } from "./controls/period.ts";
import { populationFile } from "./controls/population-file.ts";
import { cancelExport } from "./exports/cancel.ts";
import { type ExposureOf, startLogSchema } from "./exports/schemas.ts";
import { startLogExport } from "./exports/start.ts";
import { takeFile } from "./exports/take.ts";
import { allOf, withCompliance } from "./exports/testing.ts";
import { lookAtExposure } from "./look-at-exposure.ts";

const { s, cleo, carl } = await withCompliance();
const [una, ben] = [await hire(s.owner, "una", []), await hire(s.owner, "bo", [])];
const joe = await addSubject(s.owner, s.product, s.standard, { name: "Joe Doe" });
await worked(s, [
  // Over midnight into the day, on it, and when it is over.
  { who: una, at: "2026-09-30T23:50:00Z", minutes: 20, subject: s.jane, views: 2 },
  {
    ...{ who: una, at: "2026-10-01T10:00:00Z", subject: s.rita, scope: "write", by: s.max },
    ...{ writes: ["data", "export"], refused: 1 },
  },
  { who: una, at: "2026-10-01T12:00:00Z", subject: joe, views: 3 },
  { who: una, at: "2026-10-02T00:00:00Z", subject: s.jane, views: 9 },
  { who: una, at: "2026-09-30T10:00:00Z", subject: s.jane, views: 9 },
  { who: ben, at: "2026-10-01T10:00:00Z", subject: s.jane, views: 1 },
]);
await s.owner.query("update staff set name = 'Una Married' where id = $1", [una]);
const look = async (exposure: ExposureOf) => {
  const found = await lookAtExposure(cleo, exposure, null);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
};
const day = { from: "2026-10-01", to: "2026-10-01" };

test("of an actor and of a product, counted by hand", async () => {
  const ofUna = await look({ of: "actor", id: una, ...day });
  expect(ofUna).toMatchObject({
    name: "Una Married",
    totals: {
      ...{ sessions: 3, acting: 1, accounts: 2, subjects: 3, reads: 5, writes: 2, exports: 1 },
      refused: 1,
    },
  });
  expect(ofUna.accounts.map(({ tier, subjects, writes }) => [tier, subjects, writes])).toEqual([
    ["standard", 2, 0],
    ["regulated", 1, 2],
  ]);
  expect(ofUna.people.map(({ id }) => id).sort()).toEqual([s.jane.id, s.rita.id, joe.id].sort());
  expect(await look({ of: "product", id: s.product, ...day })).toMatchObject({
    totals: { sessions: 4, subjects: 3, accounts: 2, reads: 6, writes: 2 },
    beside: null,
  });
});

test("what somebody took out counts as soon as any of it was given, and a population with it", async () => {
  const today = new Date().toISOString().slice(0, 10);
  const taken = async () =>
    (await look({ of: "actor", id: carl.actor.id, from: today, to: today })).beside?.taken;
  const begin = async () => {
    const asked = { format: "csv", filter: "", reason: "A test of the export" };
    const started = await startLogExport(carl, startLogSchema.parse(asked));
    if (!started.ok) throw new Error(started.error.message);
    return started.value.id;
  };
  const never = await begin();
  await cancelExport(carl, { id: never });
  expect(await taken()).toBe(0);
  const cut = await begin();
  const file = await takeFile(carl, cut);
  if (!file.ok) throw new Error(file.error.message);
  await file.value.bytes.next();
  expect(await taken()).toBe(1);
  await cancelExport(carl, { id: cut });
  await expect(allOf(file.value.bytes)).rejects.toThrow("cancelled");
  expect(await taken()).toBe(1);
  const period = await readPeriod(carl, { from: day.from, to: day.to });
  await allOf(populationFile(carl, "CC6.1", period));
  expect(await taken()).toBe(2);
});
