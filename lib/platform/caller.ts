import { isIP } from "node:net";

/**
 * Where a request came from: the address that the outermost of our own proxies saw. Each proxy adds to
 * X-Forwarded-For whom it was asked by, so that with `proxies` of them that is the entry that many from the end, the
 * socket being the last; what stands before it is the caller's word. Null where that is no address.
 */
export function callerAddress(
  socket: string | undefined,
  forwarded: string | undefined,
  proxies: number,
): string | null {
  const hops = [...(forwarded?.split(",") ?? []), socket ?? ""];
  return addressIn(hops[Math.max(0, hops.length - 1 - proxies)] ?? "");
}

/** Some proxies write a port, brackets or an IPv4 address as IPv6. */
function addressIn(hop: string): string | null {
  const text = hop.trim();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, "$1");
  const address = bare.replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) ? address : null;
}
