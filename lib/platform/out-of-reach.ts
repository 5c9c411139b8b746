import { isOutOfReach } from "#db/out-of-reach.ts";
import type { Refusal } from "#lib/kernel/result.ts";
import { json, problem } from "./api.ts";
import { reach } from "./database.ts";

/** Seconds after which it is worth trying again. */
const retryAfter = { "retry-after": "5" };

/** What an action answers when nothing began: the form stays as it is, with what was typed. */
export const outOfReach: Refusal = {
  code: "out_of_reach",
  message: "Alongside cannot reach its record, so nothing happened. Try again in a few seconds.",
};

/** What an action answers when the database went away in the middle of it: whether it committed, nobody knows. */
export const lostOnTheWay: Refusal = {
  code: "out_of_reach",
  message:
    "Alongside lost its record while it did this. It happened as a whole, or not at all: look before you repeat it.",
};

export const outOfReachProblem = (): Response =>
  problem(503, "Not healthy", "The record is out of reach.", {
    headers: retryAfter,
  });

/** RFC 6749 has no word for it at these endpoints; `temporarily_unavailable` is its word for the same at authorize. */
export const outOfReachOAuth = (): Response =>
  json(
    { error: "temporarily_unavailable", error_description: "The record is out of reach." },
    { status: 503, headers: retryAfter },
  );

/** Gives `instead` when the database goes away while something is answered; bugs throw on. */
export async function orOutOfReach<T>(answer: () => Promise<T>, instead: () => T): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    reach().doubt();
    return instead();
  }
}

/** A page that failed for want of the database makes everybody ask anew, first of all its own error page. */
export function noteOutOfReach(error: unknown): void {
  if (isOutOfReach(error)) reach().doubt();
}

/** A handler of the API that says so when the database is out of reach. */
export const answered =
  <A extends unknown[]>(handler: (...given: A) => Promise<Response>) =>
  (...given: A): Promise<Response> =>
    orOutOfReach(() => handler(...given), outOfReachProblem);
