import { isIPv4, isIPv6 } from "node:net";

/**
 * What one caller can hardly leave: an IPv4 address, or the /64 of an IPv6 address, which is one customer's whole
 * network (RFC 6177). Whoever has no address that we know shares one source.
 */
export function sourceOf(ip: string | null): string {
  if (!ip) return "unknown";
  if (isIPv4(ip) || !isIPv6(ip)) return ip;
  const [head = "", tail] = ip.split("%")[0]?.toLowerCase().split("::") ?? [];
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  // An IPv4 at the end stands for two groups.
  const width = right.length + (right.at(-1)?.includes(".") ? 1 : 0);
  const groups = tail === undefined ? left : [...left, ...zeros(8 - left.length - width), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

const zeros = (n: number): string[] => Array.from({ length: Math.max(0, n) }, () => "0");
