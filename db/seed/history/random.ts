/** Deterministic numbers (mulberry32): the same seed tells the same story. `of` gives numbers that others do not shift. */
export function randomFrom(seed: string) {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  function pick<T>(from: readonly T[]): T {
    const one = from[int(0, from.length - 1)];
    if (one === undefined) throw new Error("Nothing to pick from");
    return one;
  }
  /** One of them, each as likely as its weight. */
  function weighted<T>(from: readonly (readonly [T, number])[]): T {
    let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [one, weight] of from) {
      left -= weight;
      if (left < 0) return one;
    }
    return pick(from)[0];
  }
  /** How often something happens that happens `mean` times on average (Knuth). */
  function times(mean: number): number {
    const limit = Math.exp(-mean);
    let n = 0;
    for (let product = next(); product > limit; product *= next()) n += 1;
    return n;
  }
  /** Around `median`, seldom much more: how long people take. */
  const around = (median: number): number =>
    median * Math.exp(0.7 * (next() + next() + next() + next() - 2));
  const chance = (share: number) => next() < share;
  const of = (name: string) => randomFrom(`${seed} ${name}`);
  return { next, int, pick, weighted, times, around, chance, of };
}
export type Random = ReturnType<typeof randomFrom>;

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}
