import type { OnRecord } from "#db/schema/reviews.ts";

/** That nothing is left out of a population: every grant that there was, and why it is not in it. */
export const onRecordWords = (
  inPopulation: number,
  { grants, endedBefore, givenAfter, people, withoutRight }: OnRecord,
): string =>
  `${grants} grants: ${inPopulation} in the population, ${endedBefore} that had ended before the period, ${givenAfter} given after it. ${people} people, of whom ${withoutRight} held no right in the period.`;
