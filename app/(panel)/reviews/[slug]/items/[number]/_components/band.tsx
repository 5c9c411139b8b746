import type { Spread } from "#lib/usage/peers.ts";
import { isFar } from "../figures.ts";

type BandProps = { value: number; spread: Spread; words: (n: number) => string };

const width = 176;
const height = 20;
const edge = 8;

/** One person against the others: the band is eight of ten, the line the median, the dot this person. */
export function Band({ value, spread, words }: BandProps) {
  const { low, median, high } = spread;
  const most = Math.max(value, high, 1);
  const at = (n: number) => edge + ((width - 2 * edge) * n) / most;
  const far = isFar(value, spread);
  return (
    <>
      <svg className="band" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <line className="axis" x1="0" x2={width} y1="10" y2="10" />
        <rect x={at(low)} y="4" width={Math.max(2, at(high) - at(low))} height="12" rx="2" />
        <line className="median" x1={at(median)} x2={at(median)} y1="2" y2="18" />
        {far ? (
          <path className="far" d={`M${at(value)} 4.5 l5.5 5.5 l-5.5 5.5 l-5.5 -5.5 z`} />
        ) : (
          <circle cx={at(value)} cy="10" r="5" />
        )}
      </svg>
      <span className="vh">
        8 of 10 between {words(low)} and {words(high)}
        {far && ", far above"}
      </span>
    </>
  );
}
