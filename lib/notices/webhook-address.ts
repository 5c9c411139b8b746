import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Where a webhook may lead: outside only, or also into the company's own network. */
export type Allowed = "public" | "private";

const inside = new BlockList();
for (const [address, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(address, prefix, "ipv4");
/** Of IPv6 only what is given out for the world (2000::/3), without what leads on to IPv4 (6to4, Teredo) or nowhere. */
const world = new BlockList();
world.addSubnet("2000::", 3, "ipv6");
for (const [address, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  inside.addSubnet(address, prefix, "ipv6");

/** Whether an address is of this machine, of a private network, or of none (IANA's registries of special purposes). */
export function isInside(address: string): boolean {
  if (isIP(address) === 4) return inside.check(address, "ipv4");
  if (isIP(address) !== 6) return true;
  return !world.check(address, "ipv6") || inside.check(address, "ipv6");
}

/** Why no webhook may lead there; null where one may. Names are looked at again whenever they are resolved. */
export function addressFault(text: string, allowed: Allowed): string | null {
  const url = URL.parse(text);
  if (!url) return "This is no address. It begins with https://.";
  if (url.username || url.password)
    return "Leave name and password out: each message is signed instead.";
  if (url.protocol === "http:" && allowed === "private") return null;
  if (url.protocol !== "https:")
    return "The address must begin with https://, so that nobody reads along.";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isOwn = isIP(host) ? isInside(host) : /(^|\.)(localhost|local|internal)\.?$/i.test(host);
  return isOwn && allowed === "public"
    ? "That is an address inside of a network. Name one that the world reaches."
    : null;
}

/** Resolves a name for a connection, and to nothing inside: neither at the first time nor at a later one. */
export const lookupOutside: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const first = found?.[0];
    if (error) return done(error, "", 0);
    if (!first || found.some(({ address }) => isInside(address)))
      return done(Object.assign(new Error("The name leads inside"), { code: "EINSIDE" }), "", 0);
    if (options.all) return done(null, found);
    return done(null, first.address, first.family);
  });
};
