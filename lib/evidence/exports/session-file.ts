import { sql } from "drizzle-orm";
import { copyingOut } from "#db/copy-out.ts";
import { asText } from "#db/literal.ts";
import { readStory } from "#lib/audit/queries.ts";
import { allDeeds } from "#lib/impersonation/deeds.ts";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { partsOf } from "#lib/impersonation/timeline.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { type Made, nothing } from "./made.ts";
import { sessionPdf } from "./session-pdf.ts";
import { stepsIn, stepsOf } from "./session-steps.ts";

/** Entries about a session that are none of its actions: as many are in its document. */
const mostTold = 5000;

/** One session as a document that is read without the panel, from one snapshot. Its rows are the steps. */
export async function sessionFile(ctx: Ctx<StaffActor>, id: string, at: Date): Promise<Made> {
  const made: Made = { tally: { rows: 0 }, expected: null, pieces: nothing() };
  made.pieces = copyingOut(ctx.db, async function* (out) {
    const within = { ...ctx, db: out.db };
    const session = await readSessionPage(within, id);
    if (!session) throw new Error("The session is gone");
    const of = { sessionId: id, requestId: session.request.id };
    const story = await readStory(within, of, mostTold);
    const { before, during, after } = partsOf(session, story, []);
    const done = await out.count(asText(sql`select 1 from actions where session_id = ${id}`));
    made.expected = story.length + done;
    async function* counting(steps: ReturnType<typeof stepsOf>) {
      for await (const step of steps) {
        made.tally.rows += stepsIn(step);
        yield step;
      }
    }
    yield* sessionPdf({
      session,
      story,
      isWhole: story.length < mostTold,
      policy: await currentPolicy(out.db),
      at,
      before: counting(stepsOf(before, nothing())),
      during: counting(stepsOf(during, allDeeds(out.db, id, "during"))),
      after: counting(stepsOf(after, allDeeds(out.db, id, "after"))),
    });
  });
  return made;
}
