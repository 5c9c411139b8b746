import { Failure } from "#db/failure.ts";

/** Prints why and gives up. */
export function giveUp(error: unknown): never {
  console.error(`\n${error instanceof Failure ? error.message : inFull(error)}\n`);
  process.exit(1);
}

const inFull = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
