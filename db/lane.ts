import { OutOfReach } from "./out-of-reach.ts";

/** Nobody made way in time. */
export class LaneFull extends OutOfReach {
  override name = "LaneFull";
}

/** So many do something at one time; whoever comes later waits for their turn, but not for ever. */
export class Lane {
  #free: number;
  readonly #patience: number;
  readonly #waiting = new Set<() => void>();

  constructor(most: number, patienceMs: number) {
    this.#free = most;
    this.#patience = patienceMs;
  }

  /** Gives what to call when it is done. @throws where nobody made way in time. */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn();
    let isIn = true;
    return () => {
      if (isIn) this.#leave();
      isIn = false;
    };
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(go);
        reject(new LaneFull("Too many read from the database at one time"));
      }, this.#patience);
      this.#waiting.add(go);
    });
  }

  /** The place goes to who waits longest. */
  #leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
