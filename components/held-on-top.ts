/**
 * Of a list, newest first, that was read anew: what is shown, and what came in on top of it and waits to be asked for. What
 * left is gone, and what fills the page up from below is shown at once: nothing jumps by it.
 */
export function heldOnTop(
  known: readonly string[],
  now: readonly string[],
): { shown: string[]; fresh: string[] } {
  const first = now.findIndex((id) => known.includes(id));
  return first <= 0
    ? { shown: [...now], fresh: [] }
    : { shown: now.slice(first), fresh: now.slice(0, first) };
}
