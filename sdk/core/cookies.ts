import type { Settings } from "./options.ts";

type Name = "session" | "state";

/** On https the `__Host-` prefix keeps sister domains from planting one. */
export function cookieName(name: Name, settings: Pick<Settings, "secure">): string {
  return `${settings.secure ? "__Host-" : ""}alongside_${name}`;
}

export function readCookie(headers: Headers, name: Name, settings: Settings): string | null {
  const wanted = cookieName(name, settings);
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const cut = pair.indexOf("=");
    if (cut > 0 && pair.slice(0, cut).trim() === wanted) return pair.slice(cut + 1).trim() || null;
  }
  return null;
}

export function setCookie(name: Name, value: string, seconds: number, settings: Settings): string {
  const flags = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  return `${cookieName(name, settings)}=${value}; ${flags}${settings.secure ? "; Secure" : ""}`;
}

export function clearCookie(name: Name, settings: Settings): string {
  return setCookie(name, "", 0, settings);
}
