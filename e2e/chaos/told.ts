/** What the servers answered as done: it must be there for ever after, whatever is killed. */
export type Told =
  | { what: "asked"; id: string }
  | { what: "started"; id: string }
  | { what: "voted"; id: string; by: string }
  | { what: "ended"; id: string }
  | { what: "wrote"; text: string };

export type Log = {
  told: Told[];
  /** Tries that got no answer, or another than they wanted, by what they got. */
  failed: Map<string, number>;
};

const kinds = ["asked", "started", "voted", "ended", "wrote"] as const;

/** What nobody was told yet that it was done. */
export const idleIn = ({ told }: Log) =>
  kinds.filter((kind) => !told.some(({ what }) => what === kind));

export function failedBy({ failed }: Log, why: string): void {
  failed.set(why, (failed.get(why) ?? 0) + 1);
}
