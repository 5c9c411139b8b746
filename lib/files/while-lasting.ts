const everyMs = 1000;

/** Whoever takes a file may have it no longer. */
export class AccessOver extends Error {
  override name = "AccessOver";
}

/**
 * Hands pieces on for as long as `lasts` says so, which is asked before the first, once a second, and before the end: whoever
 * saw the end could have all of it. @throws AccessOver
 */
export async function* whileLasting<T>(
  pieces: AsyncIterable<T>,
  lasts: () => Promise<boolean>,
): AsyncGenerator<T> {
  const ask = async () => {
    if (!(await lasts())) throw new AccessOver("The access of whoever takes this is over");
  };
  await ask();
  let next = Date.now() + everyMs;
  for await (const piece of pieces) {
    if (Date.now() >= next) {
      await ask();
      next = Date.now() + everyMs;
    }
    yield piece;
  }
  await ask();
}
