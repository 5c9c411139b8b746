import { z } from "zod";

/** The database gave no answer, so that nothing is known but that. */
export class OutOfReach extends Error {
  override name = "OutOfReach";
}

/** Of the network, and of PostgreSQL while it ends, starts, or has no connection left (appendix A of its manual). */
const codes = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN"],
  ...["EHOSTUNREACH", "ENETUNREACH"],
  ...["08000", "08001", "08003", "08004", "08006"],
  ...["57P01", "57P02", "57P03", "53300", "25P03"],
]);
/** What `pg` says without a code. */
const words =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

const coded = z.object({ code: z.string() });

/** Whether an error, or what caused it, means that the database could not be reached or went away meanwhile. */
export function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof OutOfReach || words.test(error.message)) return true;
  const { data } = coded.safeParse(error);
  if (data && codes.has(data.code)) return true;
  if (error instanceof AggregateError && error.errors.some(isOutOfReach)) return true;
  return isOutOfReach(error.cause);
}
