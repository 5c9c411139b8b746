import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";
import { type FreshRefusal, freshRefusal } from "./fresh-rules.ts";

/**
 * Refuses with `sign_in_again` where the policy wants a proof of who the actor is from the last `minutes`, as strong as
 * `acr`, and theirs is none at `at`. Null minutes: nothing is asked. `detail.again` is where to sign in anew; it comes
 * back to where one was.
 */
export function requireFresh(
  { actor }: Ctx<StaffActor>,
  at: Date,
  minutes: number | null,
  acr: string | null,
): void {
  const why = freshRefusal(actor, at, minutes, acr);
  if (why === null || minutes === null) return;
  refuse("sign_in_again", `${because(why, minutes)} ${now}`, {
    detail: { why, minutes, acr, again: "/sign-in/again" },
  });
}

const now = "Nothing was changed. Sign in again, then send this once more: what you typed is kept.";

function because(why: FreshRefusal, minutes: number): string {
  switch (why) {
    case "old":
      return `This needs a sign-in of the last ${minutes} min, and yours is older.`;
    case "unsaid":
      return `This needs a sign-in of the last ${minutes} min, and your company’s sign-on did not say when you last proved who you are.`;
    case "acr":
      return "This needs a stronger sign-in than yours.";
    case "acr_unsaid":
      return "This needs a stronger sign-in, and your company’s sign-on did not say how you signed in.";
  }
}
