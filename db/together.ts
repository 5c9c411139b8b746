import type { Reader } from "./client.ts";

type Asked<Key, Found> = {
  key: Key;
  resolve: (found: Found | null) => void;
  reject: (error: unknown) => void;
};
type Line<Key, Found> = { waiting: Asked<Key, Found>[]; underWay: number };

const mostUnderWay = 2;

/**
 * One statement for all who ask at the same moment: while two are under way, the next ones wait for the one after them,
 * so that nobody is told what was read before they asked. Two, so that one that hangs does not hold all others up. `read` gives what it found by the name that `nameOf` gives a key;
 * null where it found nothing. An error is everybody's. `most` are asked about in one statement.
 */
export function together<Key, Found>(
  nameOf: (key: Key) => string,
  read: (db: Reader, keys: Key[]) => Promise<Map<string, Found>>,
  most = 100,
) {
  const lines = new WeakMap<Reader, Line<Key, Found>>();

  async function serve(db: Reader, line: Line<Key, Found>): Promise<void> {
    while (line.waiting.length > 0) {
      const asked = line.waiting.splice(0, most);
      try {
        const keys = new Map(asked.map(({ key }) => [nameOf(key), key]));
        const found = await read(db, [...keys.values()]);
        for (const { key, resolve } of asked) resolve(found.get(nameOf(key)) ?? null);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    line.underWay -= 1;
  }

  return (db: Reader, key: Key): Promise<Found | null> =>
    new Promise((resolve, reject) => {
      const line = lines.get(db) ?? { waiting: [], underWay: 0 };
      lines.set(db, line);
      line.waiting.push({ key, resolve, reject });
      // Not at once: others may be about to ask, too.
      if (line.underWay === mostUnderWay) return;
      line.underWay += 1;
      setImmediate(() => void serve(db, line));
    });
}
