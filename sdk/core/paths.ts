export type PlainPath = {
  /** Segments as sent, decoded once. */
  segments: readonly string[];
  /** The same in lower case, for comparing. */
  plain: readonly string[];
};

/**
 * A path in the one spelling that routes are compared in: decoded once, lower case, no doubled and
 * no trailing slash. Null for what has no safe reading: undecodable, dot segments, control characters,
 * and what routers read as something shorter, such as a whole address or a fragment. No browser sends these.
 */
export function plainPath(raw: string): PlainPath | null {
  if (!/^\/[!-~]*$/.test(raw) || raw.includes("#")) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    return null;
  }
  // Some servers read a backslash as a slash; none of our routes has one.
  if (/[\p{Cc}\\]/u.test(decoded)) return null;
  const segments = decoded.split("/").filter((segment) => segment !== "");
  if (segments.some((segment) => segment === "." || segment === "..")) return null;
  return { segments, plain: segments.map((segment) => segment.toLowerCase()) };
}

/**
 * The path as the most forgiving server would read it, for refusing only: decoded as often as it can be, letters that
 * look alike as one (NFKC), without what is invisible, matrix parameters, and dots and spaces at a word's end.
 */
export function loosePath({ segments }: PlainPath): PlainPath {
  const read = again(segments.join("/"))
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toLowerCase();
  const plain: string[] = [];
  for (const part of read.split(/[/\\]/)) {
    const word = part.replace(/;.*$/s, "");
    const end = word.replace(/[. \0]+$/, "");
    if (word === "..") plain.pop();
    else if (end !== "") plain.push(end);
  }
  return { segments: plain, plain };
}

function again(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    return decoded === text ? text : again(decoded);
  } catch {
    return text;
  }
}

/** Parameters when `template` fits the start (or, without `open`, the whole) of the path. */
export function matchPath(
  template: readonly string[],
  path: PlainPath,
  open = false,
): Record<string, string> | null {
  if (open ? path.plain.length < template.length : path.plain.length !== template.length)
    return null;
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    if (part.startsWith(":")) params[part.slice(1)] = path.segments[index] ?? "";
    else if (part.toLowerCase() !== path.plain[index]) return null;
  }
  return params;
}

export function parts(template: string): string[] {
  return template.split("/").filter((part) => part !== "");
}
