import fc from "fast-check";
import { describe, expect, it } from "vitest";
import policy14 from "#db/seed/policy-14.json" with { type: "json" };
import { scene } from "#db/testing/scene.ts";
import {
  approverKinds,
  lawfulBases,
  reasonCategories,
  roles,
  scopes,
  tiers,
} from "#lib/vocabulary.ts";
import { fieldNames, policyFields } from "./fields.ts";
import { differingFields, fieldOf, loosens } from "./loosens.ts";
import { type PolicyBody, policyBody } from "./policy.ts";

const s = await scene();
const base = policyBody.parse(policy14);

const some = <T>(of: readonly T[]) => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1 });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const flag = maybe(fc.constant(true as const));
const rule = fc.record({
  tiers: maybe(some(tiers)),
  scopes: maybe(some(scopes)),
  vip: flag,
  owner: flag,
  optedOut: flag,
  votes: fc.integer({ min: 1, max: 2 }),
  by: fc.constantFrom(...approverKinds),
});
const reach = fc.record({
  team: fc.constantFrom("Europe", "Americas", "Asia"),
  regions: maybe(some(["EU", "US", "UK"])),
  tiers: maybe(some(tiers)),
  products: maybe(some(["ledger", "other"])),
  subjectRoles: maybe(some(["member", "admin"])),
});
const reason = fc.record({
  category: fc.constantFrom(...reasonCategories),
  label: fc.constantFrom("A", "B"),
  hint: fc.constantFrom("a", "b"),
  basis: fc.constantFrom(...lawfulBases),
  ticket: fc.constantFrom("required" as const, "optional" as const),
});
const fresh = fc.option(fc.integer({ min: 1, max: 5 }));
const few = fc.integer({ min: 5, max: 8 });
const number = (field: string, most = 30) =>
  fc.double({ min: 0, max: most, noNaN: true }).map((value) => [field, value] as const);
/** Values of one field or list, mostly near to each other, so that less and more both come. */
const changes = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(rule, { maxLength: 3 }).map((v) => ["approvals.rules", v] as const),
  },
  { weight: 4, arbitrary: fc.array(reach, { maxLength: 4 }).map((v) => ["reach", v] as const) },
  {
    weight: 4,
    arbitrary: fc.array(reason, { minLength: 1, maxLength: 3 }).map((v) => ["reasons", v] as const),
  },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(...fieldNames.filter((f) => ["less", "more"].includes(policyFields[f])))
      .chain((field) => number(field)),
  },
  fc
    .constantFrom(...fieldNames.filter((f) => policyFields[f] === "asked"))
    .chain((field) => fresh.map((v) => [field, v] as const)),
  fc
    .constantFrom(...fieldNames.filter((f) => ["true", "false"].includes(policyFields[f])))
    .chain((field) => fc.boolean().map((v) => [field, v] as const)),
  fc.constantFrom("allow", "approval", "refuse").map((v) => ["terms.missing", v] as const),
  fc.constantFrom("ask", "end").map((v) => ["becomesSensitive", v] as const),
  fc.constantFrom("exception", "revoke").map((v) => ["reviews.undecided", v] as const),
  fc.constantFrom(null, "mfa", "phr").map((v) => ["freshSignIn.acr", v] as const),
  fc.constantFrom("", "1", "2").map((v) => ["terms.version", v] as const),
  fc.constantFrom("UTC", "Europe/Berlin").map((v) => ["zone", v] as const),
  fc
    .uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 5 })
    .map((v) => ["workingHours.days", v] as const),
  fc
    .constantFrom(...roles)
    .map((role) => ["rings.fallback", { name: "N", contact: "", role }] as const),
  few.map((v) => ["idleMinutes", v] as const),
);

function changed(body: PolicyBody, all: readonly (readonly [string, unknown])[]): PolicyBody {
  const copy = structuredClone(body);
  for (const [field, value] of all) {
    const keys = field.split(".");
    const last = keys.pop() ?? "";
    let at: object = copy;
    for (const key of keys) at = Reflect.get(at, key);
    Reflect.set(at, last, value);
  }
  return copy;
}
const inSchema = async (before: unknown, after: unknown): Promise<string[]> => {
  const { rows } = await s.runtime.query<{ loose: string[] }>(
    "select policy_loosens($1, $2) as loose",
    [JSON.stringify(before), JSON.stringify(after)],
  );
  return rows[0]?.loose ?? [];
};

describe("what is looser", () => {
  it("is the same to the schema and to the panel", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(changes, { maxLength: 4 }),
        fc.array(changes, { maxLength: 4 }),
        async (one, other) => {
          const before = changed(base, one);
          const after = changed(before, other);
          expect(loosens(before, after).toSorted()).toEqual(await inSchema(before, after));
        },
      ),
      { numRuns: 600 },
    ));

  it("is told of fields that the schema knows too, with the same defaults", async () => {
    const { rows } = await s.runtime.query("select field, tighter, usual from policy_fields()");
    expect(Object.fromEntries(rows.map(({ field, tighter }) => [field, tighter]))).toEqual(
      policyFields,
    );
    const least = policyBody.parse(policy14);
    const {
      zone: _zone,
      workingHours: _hours,
      breadth: _breadth,
      ...short
    } = policy14 as Record<string, unknown>;
    const usual = policyBody.parse(short);
    for (const { field, usual: value } of rows)
      if (value !== null && Object.hasOwn(policyFields, field))
        expect(fieldOf(usual, field), field).toEqual(value);
    expect(await inSchema(short, usual)).toEqual([]);
    expect(await inSchema(usual, short)).toEqual([]);
    expect(differingFields(least, least)).toEqual([]);
  });

  it("knows every field that a policy has", async () => {
    const leaves = (value: unknown, path: string): string[] =>
      Object.hasOwn(policyFields, path) || typeof value !== "object" || value === null
        ? [path]
        : Object.entries(value).flatMap(([key, part]) =>
            leaves(part, path === "" ? key : `${path}.${key}`),
          );
    expect(leaves(base, "").toSorted()).toEqual(Object.keys(policyFields).toSorted());
  });

  it("is whatever nobody knows", async () => {
    expect(await inSchema(base, { ...base, backDoor: true })).toEqual(["else"]);
    expect(await inSchema(base, { ...base, rings: { ...base.rings, silent: 1 } })).toEqual([
      "else",
    ]);
    expect(await inSchema(base, { ...base, maxMinutes: "1" })).toEqual(["maxMinutes"]);
    const { idleMinutes: _, ...without } = base;
    expect(await inSchema(base, without)).toEqual(["idleMinutes"]);
    expect(
      await inSchema(base, { ...base, reasons: [{ ...base.reasons[0], free: true }] }),
    ).toEqual(["reasons"]);
  });
});
