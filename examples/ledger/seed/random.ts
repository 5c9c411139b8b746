/** Deterministic numbers in [0, 1) (mulberry32): the same seed gives the same demo everywhere. */
export function randomFrom(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  function pick<T>(from: readonly T[]): T {
    const one = from[int(0, from.length - 1)];
    if (one === undefined) throw new Error("nothing to pick from");
    return one;
  }
  const taken = new Set<string>();
  /** `usr_7QK2M9`: prefix and six characters, never the same twice. */
  function id(prefix: string): string {
    const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let made: string;
    do {
      made = `${prefix}_${Array.from({ length: 6 }, () => letters[int(0, 31)]).join("")}`;
    } while (taken.has(made));
    taken.add(made);
    return made;
  }
  return { next, int, pick, id, chance: (share: number) => next() < share };
}

export type Random = ReturnType<typeof randomFrom>;
