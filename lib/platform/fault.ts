import { z } from "zod";

const text = z.string().optional().catch(undefined);
/** Set by the makers of the error, never from data: Next's digest, PostgreSQL's code and the rule that refused. */
const labels = z.object({ digest: text, code: text, constraint: text });

/** What a log may hold of an error. */
export type Fault = z.infer<typeof labels> & {
  name: string;
  at?: string[];
  cause?: Fault;
};

/**
 * An error without its message: that of a failed query repeats what it was asked with, such as names and reasons, and
 * others quote what they could not read. Name, codes and places in the code are enough to find it.
 */
export function faultOf(error: unknown, places = 6): Fault {
  if (!(error instanceof Error)) return { name: typeof error };
  const stack = (error.stack ?? "").replace(error.message, "");
  const at = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...labels.parse({ ...error }),
    ...(at.length > 0 ? { at: at.slice(0, places).map((line) => line.trim()) } : {}),
    ...(error.cause === undefined || places === 0 ? {} : { cause: faultOf(error.cause, 0) }),
  };
}
