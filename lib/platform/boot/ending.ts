/** Ends what was started so far, last first: PostgreSQL after all that uses it. */
export class Ending {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #steps: (() => Promise<void>)[] = [];

  constructor() {
    this.signal = this.#controller.signal;
  }

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Tells what is under way to leave off. */
  abort(): void {
    this.#controller.abort();
  }

  async run(): Promise<void> {
    this.abort();
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) await step();
  }
}
