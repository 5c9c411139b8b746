const longest = 2000;

/**
 * A return parameter that may be followed: a path of our own pages, or `fallback`. Other origins (also as `//host`,
 * `/\host` or with control characters, which browsers drop) and handlers of the API are not followed.
 */
export function safePath(value: string | null | undefined, fallback = "/"): string {
  if (!value || value.length > longest || !value.startsWith("/")) return fallback;
  if (hasControl(value) || value.includes("\\")) return fallback;
  const base = "http://own.invalid";
  const url = URL.parse(value, base);
  if (!url || url.origin !== base) return fallback;
  // Resolving ".." may leave "//host", which a browser would follow to that host.
  if (url.pathname.startsWith("//")) return fallback;
  if (/^\/(api|_next)(\/|$)/i.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}

const hasControl = (value: string): boolean =>
  [...value].some((char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 0x20 || code === 0x7f;
  });
