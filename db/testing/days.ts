/** A day so many days from now, or before. A `Date` would be the day where the test runs. */
export const daysAway = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
