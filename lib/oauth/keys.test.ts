import { describe, expect, it } from "vitest";
import { publishedKeys, signingKey } from "./keys.ts";

const key = (kid: string, signsFrom: string) => ({
  kty: "EC" as const,
  crv: "P-256" as const,
  kid,
  x: "x",
  y: "y",
  d: "secret",
  signs_from: signsFrom,
});
const keys = [key("old", "2026-11-24T10:00:00Z"), key("new", "2026-11-24T12:00:00Z")];
const kids = (time: string) =>
  publishedKeys(keys, new Date(time)).keys.map((published) => published.kid);

describe("signing keys", () => {
  it("publishes a new key 15 minutes before it signs", () => {
    expect(kids("2026-11-24T11:44:59Z")).toEqual(["old"]);
    expect(kids("2026-11-24T11:45:00Z")).toEqual(["old", "new"]);
    expect(signingKey(keys, new Date("2026-11-24T11:59:59Z")).kid).toBe("old");
    expect(signingKey(keys, new Date("2026-11-24T12:00:00Z")).kid).toBe("new");
  });

  it("keeps the old key for the 60 minutes that its last token may live", () => {
    expect(kids("2026-11-24T12:59:59Z")).toEqual(["old", "new"]);
    expect(kids("2026-11-24T13:00:00Z")).toEqual(["new"]);
  });

  it("never publishes the private part", () => {
    expect(JSON.stringify(publishedKeys(keys, new Date("2026-11-24T12:00:00Z")))).not.toContain(
      "secret",
    );
  });
});
