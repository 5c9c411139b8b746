type Place = { id: string; at: string };

/**
 * Closes what `page` gives after a place, one after the other, `limit` at most. Goes on past what fails, so that nothing
 * waits behind it for ever; what somebody else closed first counts for nothing. The time of a place is text: a Date has no
 * microseconds, and would meet the same one again.
 * @throws the first failure, after the rest.
 */
export async function closeEach(
  page: (after: Place) => Promise<Place[]>,
  close: (id: string) => Promise<boolean>,
  limit: number,
): Promise<number> {
  const failures: unknown[] = [];
  let closed = 0;
  let last: Place | undefined = { at: "-infinity", id: "00000000-0000-0000-0000-000000000000" };
  while (last && closed < limit) {
    const due: Place[] = await page(last);
    for (const { id } of due) {
      if (closed >= limit) break;
      await close(id).then(
        (did) => (closed += Number(did)),
        (error: unknown) => failures.push(error),
      );
    }
    last = due.at(-1);
  }
  if (failures.length > 0) throw failures[0];
  return closed;
}
