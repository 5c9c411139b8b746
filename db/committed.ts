/*
 * What a transaction has changed for whoever has a page open, told once it has committed and never within it (DESIGN §8).
 * Without a listener, as in a command or a test, nothing is kept.
 */

/** Whom a change concerns: the ids are resolved by whoever tells it on. */
export type Change =
  /** Of whoever's request or session it is, and of all who see everybody's. */
  | { kind: "work"; requestId: string | null; sessionId: string | null }
  /** Somebody was told something, or has read it. */
  | { kind: "told"; staffIds: readonly string[] }
  /** A sign-in or a role is over or new, whosever. */
  | { kind: "rights" };

type Held = { noted: WeakMap<object, Change[]>; listener: ((changes: Change[]) => void) | null };
// On globalThis: the bundles of one process share it.
const shared = globalThis as typeof globalThis & { alongsideCommitted?: Held };

function held(): Held {
  shared.alongsideCommitted ??= { noted: new WeakMap(), listener: null };
  return shared.alongsideCommitted;
}

/** Who is told of every change of this process from now on. It must not throw, and nobody waits for it. */
export function onCommitted(listener: ((changes: Change[]) => void) | null): void {
  held().listener = listener;
}

/** Notes a change of this transaction, to be told if it commits. */
export function noteChange(tx: object, change: Change): void {
  const { noted, listener } = held();
  if (!listener) return;
  const before = noted.get(tx);
  if (before) before.push(change);
  else noted.set(tx, [change]);
}

/** Tells what this transaction noted; it has committed. */
export function tellCommitted(tx: object): void {
  const { noted, listener } = held();
  const changes = noted.get(tx);
  noted.delete(tx);
  if (changes) listener?.(changes);
}

/** Tells what a single statement has committed. */
export function tellChanges(changes: Change[]): void {
  if (changes.length > 0) held().listener?.(changes);
}
