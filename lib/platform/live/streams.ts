import type { StaffActor } from "#lib/kernel/actor.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Word } from "./wire.ts";

/** How many streams one person may hold at a process: a browser needs one, a second device another, a reload a moment's third. */
export const mostOfOnePerson = 6;

/** Milliseconds. A stream says "look" no more often than this. */
const apart = 250;
/** A silent stream says that it lives, and asks whether its sign-in still does. */
const beat = 15_000;

/** One open stream, to whoever reads it. Both give false where nobody takes it any more. */
export type Sink = { look: () => boolean; beat: () => boolean; end: () => void };

type Stream = {
  actor: StaffActor;
  sink: Sink;
  /** Who is signed in by this sign-in now; null: nobody. */
  read: () => Promise<StaffActor | null>;
  dueLook: boolean;
  /** Whether to ask once more: something came while the sign-in was being read. */
  again: boolean;
  timer: NodeJS.Timeout | undefined;
  checking: boolean;
  last: number;
};

/**
 * The streams that this process holds open. What goes out is the word to look, to whom a change concerns, and only after the
 * sign-in was read anew: rights stay with what is then looked at.
 */
export class Streams {
  readonly #open = new Set<Stream>();
  readonly #beats: NodeJS.Timeout;

  constructor() {
    this.#beats = setInterval(() => this.#beat(), beat);
    this.#beats.unref();
  }

  /** Opens one, or null where this person has too many. Gives what closes it. */
  open(actor: StaffActor, sink: Sink, read: Stream["read"]): (() => void) | null {
    const own = [...this.#open].filter((one) => one.actor.id === actor.id);
    if (own.length >= mostOfOnePerson) return null;
    const stream: Stream = {
      ...{ actor, sink, read, dueLook: false, again: false, timer: undefined, checking: false },
      last: Number.NEGATIVE_INFINITY,
    };
    this.#open.add(stream);
    return () => this.#forget(stream);
  }

  readonly hear = (word: Word): void => {
    for (const stream of this.#open)
      if (concerns(word, stream.actor)) {
        stream.dueLook = true;
        this.#soon(stream);
      } else if (word.rights) this.#soon(stream);
  };

  get size(): number {
    return this.#open.size;
  }

  /** Ends all: the process is about to. */
  close(): void {
    clearInterval(this.#beats);
    for (const stream of this.#open) this.#end(stream);
  }

  #soon(stream: Stream): void {
    const left = stream.last + apart - performance.now();
    stream.timer ??= setTimeout(() => void this.#look(stream), Math.max(0, left));
  }

  /** Reads the sign-in, then says "look" where that is due. */
  async #look(stream: Stream): Promise<void> {
    stream.timer = undefined;
    if (stream.checking) {
      stream.again = true;
      return;
    }
    stream.checking = true;
    stream.again = false;
    stream.last = performance.now();
    const due = stream.dueLook;
    stream.dueLook = false;
    const actor = await stream.read().catch(() => undefined);
    stream.checking = false;
    if (!this.#open.has(stream)) return;
    if (actor === null) return this.#end(stream);
    // Nobody knows while the database is away: then nothing is said, and polls tell it.
    if (actor) {
      stream.actor = actor;
      if (due) stream.sink.look();
    }
    if (stream.again) this.#soon(stream);
  }

  #beat(): void {
    for (const stream of this.#open) {
      if (stream.sink.beat()) this.#soon(stream);
      else this.#end(stream);
    }
  }

  #end(stream: Stream): void {
    this.#forget(stream);
    stream.sink.end();
  }

  #forget(stream: Stream): void {
    clearTimeout(stream.timer);
    this.#open.delete(stream);
  }
}

function concerns(word: Word, actor: StaffActor): boolean {
  if (word.all || word.work.includes(actor.id) || word.told.includes(actor.id)) return true;
  const seesAll = reach(actor, "see_queue") === "all" || reach(actor, "see_live") === "all";
  return word.work.length > 0 && seesAll;
}
