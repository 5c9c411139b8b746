import fc from "fast-check";

/** How often each property is tried: more by `FUZZ_RUNS`, elsewhere by `FUZZ_SEED`. A failure prints its seed. */
export const runs = (usual: number) => ({
  numRuns: Number(process.env.FUZZ_RUNS ?? usual),
  seed: Number(process.env.FUZZ_SEED ?? 20618),
  // What fails is shown as it is found; a server that shrinks nothing needs no hour of shrinking.
  endOnFailure: true,
});

const oddTexts = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udc00\ud800",
  "\u202eevil",
  "\ufeff",
  "\r\nSet-Cookie: evil=1",
  "'",
  '"',
  "\\",
  "' or '1'='1' --",
  "%",
  "_",
  "%00",
  "%s%n",
  "$1",
  "<script>alert(1)</script>",
  "=1+1",
  "{{7*7}}",
  "../../../../etc/passwd",
  "//evil.test",
  "https://evil.test/",
  "javascript:alert(1)",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "undefined",
  "true",
  "NaN",
  "-1",
  "1e999",
  "99999999999999999999999999",
  "0x10",
  "0000-00-00",
  "0000-01-01",
  "2026-02-30",
  "9999-12-31",
  "-271821-04-20T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "0001-01-01T00:00:00+23:59",
  "9999-12-31T23:59:59-23:59",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "İıſK",
  "é".repeat(300),
  "\u{1f469}\u200d".repeat(200),
  "x".repeat(300),
  "x".repeat(1500),
  "[".repeat(1000),
];

export const oddText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
  { weight: 1, arbitrary: fc.uuid() },
);

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A list in a list in a list. */
const deep = fc.constantFrom(10, 500).map((levels) => {
  let value: Json = [];
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { actions: value };
  return value;
});

export const oddJson: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  { weight: 2, arbitrary: fc.constantFrom<Json>(null, true, 0, -1, 1.5, 1e21, 2 ** 53, [], {}) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json) },
  { weight: 1, arbitrary: fc.array(oddText, { maxLength: 150 }) },
  { weight: 1, arbitrary: fc.dictionary(oddText, oddText, { maxKeys: 5 }) },
  { weight: 1, arbitrary: deep },
);

/** Something that would be taken, with one to three of its places changed, left out or added. */
export function mutated(valid: Json): fc.Arbitrary<Json> {
  const change = fc.record({
    place: fc.nat(60),
    how: fc.constantFrom("replace", "replace", "replace", "remove", "add", "none"),
    name: oddText,
    value: oddJson,
  });
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce<Json>(mutate, structuredClone(valid)));
}

type Change = { place: number; how: string; name: string; value: Json };

function mutate(from: Json, { place, how, name, value }: Change): Json {
  const places: { of: Json[] | { [name: string]: Json }; at: string }[] = [];
  const walk = (node: Json) => {
    if (typeof node !== "object" || node === null || places.length > 200) return;
    for (const at of Object.keys(node)) {
      places.push({ of: node, at });
      walk(Array.isArray(node) ? (node[Number(at)] ?? null) : (node[at] ?? null));
    }
  };
  walk(from);
  const chosen = places[place % Math.max(1, places.length)];
  if (!chosen || how === "none") return from;
  const { of, at } = chosen;
  if (how === "replace") Object.assign(of, { [at]: value });
  else if (how === "remove") Array.isArray(of) ? of.splice(Number(at), 1) : delete of[at];
  else Array.isArray(of) ? of.push(value) : Object.assign(of, { [name]: value });
  return from;
}

/** Percent-encoded byte for byte; half surrogates as the three bytes that no UTF-8 has (CESU-8). */
export const encoded = (text: string): string =>
  [...text]
    .map((char) => {
      const code = char.codePointAt(0) ?? 0;
      if (code >= 0xd800 && code <= 0xdfff)
        return `%ED%${(0x80 | ((code >> 6) & 0x3f)).toString(16)}%${(0x80 | (code & 0x3f)).toString(16)}`;
      return encodeURIComponent(char);
    })
    .join("");

/** What stands in an address for a text: encoded well, twice, or not at all. */
const inAddress = fc.oneof(
  { weight: 6, arbitrary: oddText.map(encoded) },
  { weight: 1, arbitrary: oddText.map((text) => encoded(encoded(text))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("%", "%zz", "%E0%A4%A", "%c0%af", "%00", "+", ";", "a=b", "[]"),
  },
);

/** One segment of a path. */
export const oddSegment = inAddress
  .map((text) => text.slice(0, 2000))
  .filter((text) => text !== "" && text !== "." && text !== "..");

/** A query with some of these parameters, some of them several times, and others besides. */
export const oddQuery = (
  names: readonly string[],
  values: fc.Arbitrary<string> = oddText,
): fc.Arbitrary<string> => {
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("q", ...names) },
    { weight: 1, arbitrary: inAddress.map((text) => text.slice(0, 200)) },
  );
  const value = fc.oneof(inAddress, values.map(encoded));
  return fc
    .array(fc.tuple(name, value), { maxLength: 6 })
    .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
};

const cursorTime = fc.oneof(
  fc.constantFrom(
    "2026-02-30 10:00:00.000000+00",
    "0000-00-00 00:00:00+00",
    "9999-99-99 99:99:99.999999+00",
    "0001-01-01 00:00:00+00",
    "2026-06-01 24:00:00+00",
    "2026-06-01 23:59:60+00",
    "2026-06-01 10:00:00.123456+00",
  ),
  oddText,
);

/** The place in a list that a pager's link names, as we write it and as nobody does. */
export const oddCursor = fc.oneof(
  fc
    .tuple(cursorTime, fc.oneof(fc.uuid(), oddText))
    .map((place) => Buffer.from(JSON.stringify(place)).toString("base64url")),
  oddJson.map((place) => Buffer.from(JSON.stringify(place)).toString("base64url").slice(0, 2000)),
  oddText,
);

const headerNames = [
  "accept",
  "accept-language",
  "authorization",
  "content-type",
  "cookie",
  "if-none-match",
  "if-modified-since",
  "origin",
  "purpose",
  "range",
  "referer",
  "sec-fetch-site",
  "sec-purpose",
  "user-agent",
  "x-alongside-path",
  "x-alongside-request",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-http-method-override",
  "x-nonce",
  "x-request-id",
];

/** Headers as a client may send them: Node refuses to send others. */
export const oddHeaders = fc.dictionary(
  fc.constantFrom(...headerNames),
  oddText
    .filter((text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(text))
    .map((text) => text.slice(0, 2000)),
  { maxKeys: 4 },
);
