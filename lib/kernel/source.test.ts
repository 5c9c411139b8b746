import { describe, expect, it } from "vitest";
import { sourceOf } from "./source.ts";

describe("sourceOf", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["64:ff9b::203.0.113.9", "64:ff9b:0:0::/64"],
    [null, "unknown"],
  ])("of %s is %s", (ip, source) => expect(sourceOf(ip)).toBe(source));

  it("is the same for every address of one network", () =>
    expect(sourceOf("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe(sourceOf("2001:db8:1:2::")));
});
