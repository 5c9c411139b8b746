/** "12 s", "3 min": how long to wait, rounded up, so that it is not too early. */
export const waitWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
