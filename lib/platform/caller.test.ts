import { describe, expect, it } from "vitest";
import { callerAddress } from "./caller.ts";

const socket = "10.0.0.1";

describe("callerAddress", () => {
  it("is the socket's without a proxy, whatever a header says", () =>
    expect(callerAddress(socket, "203.0.113.9", 0)).toBe(socket));

  it.each([
    ["one proxy", "203.0.113.9", 1, "203.0.113.9"],
    ["one proxy, and a caller who names others", "1.1.1.1, 8.8.8.8,203.0.113.9", 1, "203.0.113.9"],
    ["two proxies", "1.1.1.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"],
    ["a proxy that says nothing", undefined, 1, socket],
    ["fewer proxies than were promised", "203.0.113.9", 3, "203.0.113.9"],
    ["a port", "203.0.113.9:5555", 1, "203.0.113.9"],
    ["brackets and a port", "[2001:db8::1]:5555", 1, "2001:db8::1"],
    ["IPv4 as IPv6", "::ffff:203.0.113.9", 1, "203.0.113.9"],
    ["no address", "unknown", 1, null],
    ["markup", "<b>, <script>", 1, null],
  ])("with %s", (_, header, proxies, address) =>
    expect(callerAddress(socket, header, proxies)).toBe(address),
  );
});
