import type { Place } from "#lib/reviews/decisions.ts";

type StepsProps = { place: Place; number: number };

const most = 60;

/** How far this reviewer is: one segment for each of their items, or a bar where they are too many to tell apart. */
export function Steps({ place, number }: StepsProps) {
  const { all, decided, numbers, decidedNumbers } = place;
  const left = all - decided;
  const words = `${decided} decided, this is number ${place.place} of ${all}, ${left} to go`;
  if (all > most)
    return <progress className="steps-bar" aria-label={words} max={all} value={decided} />;
  const done = new Set(decidedNumbers);
  return (
    <div className="steps" role="img" aria-label={words}>
      {numbers.map((one) => (
        <i key={one} className={one === number ? "n" : done.has(one) ? "d" : undefined} />
      ))}
    </div>
  );
}
