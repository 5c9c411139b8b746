/** Waits for all of them, also where one fails: nothing is still being started when everything is ended. */
export async function settled<T>(started: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(started);
  return Promise.all(started);
}
