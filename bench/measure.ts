/** The value below which this share of them lies; the larger of two neighbours, never one that nobody measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error("Nothing was measured");
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Measures every side in turn, each round the other way round (A, B, B, A, …), so that what disturbs the machine
 * disturbs them alike. The first round is warm-up and thrown away. Gives the values of the `rounds` others.
 */
export async function interleaved<Side extends string>(
  rounds: number,
  sides: Record<Side, (round: number) => Promise<number>>,
): Promise<Record<Side, number[]>> {
  const names = Object.keys(sides) as Side[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Side,
    number[]
  >;
  for (let round = 0; round <= rounds; round += 1)
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await sides[name](round);
      if (round > 0) measured[name].push(value);
    }
  return measured;
}

/** Milliseconds that something takes. */
export async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

/**
 * Keeps `clients` of them under way until `total` are done, and gives how many were done a second. `run` gets the
 * number of the one that it does.
 */
export async function throughput(
  clients: number,
  total: number,
  run: (index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const client = async () => {
    while (next < total) {
      const index = next;
      next += 1;
      await run(index);
    }
  };
  const took = await timed(() => Promise.all(Array.from({ length: clients }, client)));
  return (total * 1000) / took;
}
