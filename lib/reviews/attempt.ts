import { z } from "zod";
import { type Database, type Transaction, transaction } from "#db/client.ts";
import { refusalOf } from "#lib/kernel/database-refusals.ts";
import { Refused } from "#lib/kernel/result.ts";

/** One try at what should be refused: what was tried, and what answered. `unclear`: something else was in the way. */
export type Tried = {
  what: string;
  outcome: "refused" | "possible" | "unclear";
  /** The refusal's own name: a code of the panel, or the guarantee of the database. */
  by: string;
  answer: string;
};

class RolledBack extends Error {}

/** Tries it in a transaction of its own, of which nothing stays whatever comes of it. */
export async function attempt(
  db: Database,
  what: string,
  wanted: readonly string[],
  run: (tx: Transaction) => Promise<unknown>,
): Promise<Tried> {
  try {
    await transaction(db, async (tx) => {
      await run(tx);
      throw new RolledBack();
    });
  } catch (error) {
    if (error instanceof RolledBack)
      return {
        what,
        outcome: "possible",
        by: "",
        answer: "It went through. Nothing of it was kept.",
      };
    const { by, answer } = answerOf(error);
    return { what, outcome: wanted.includes(by) ? "refused" : "unclear", by, answer };
  }
  throw new Error("A try that is neither refused nor rolled back");
}

const databaseError = z.object({ code: z.string(), constraint: z.string().optional() });

function answerOf(error: unknown): { by: string; answer: string } {
  const refusal = refusalOf(error);
  if (error instanceof Refused) return { by: error.refusal.code, answer: error.refusal.message };
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const parsed = databaseError.safeParse(cause);
  if (!parsed.success) throw error;
  const by = parsed.data.constraint ?? parsed.data.code;
  return { by, answer: refusal?.message ?? "Refused by the database." };
}
