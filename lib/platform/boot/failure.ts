/** Something that the person who starts us can mend: shown as its one sentence, without a stack. */
export class Failure extends Error {}

/** Prints why and gives up. */
export function giveUp(error: unknown): never {
  console.error(`\n${error instanceof Failure ? error.message : inFull(error)}\n`);
  process.exit(1);
}

const inFull = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
