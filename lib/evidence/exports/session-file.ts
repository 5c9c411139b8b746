import { readStory } from "#lib/audit/queries.ts";
import { pdf } from "#lib/files/pdf/pdf.ts";
import { readSessionPage } from "#lib/impersonation/queries.ts";
import { type Item, partsOf } from "#lib/impersonation/timeline.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import type { Made } from "./made.ts";
import { sessionFacts, sessionSums } from "./session-facts.ts";
import { lineOf } from "./session-lines.ts";

/** One session as a document that is read without the panel: who, for whom, why, who allowed it, and each step. */
export async function sessionFile(ctx: Ctx<StaffActor>, id: string, at: Date): Promise<Made> {
  const session = await readSessionPage(ctx, id);
  if (!session) throw new Error("The session is gone");
  const story = await readStory(ctx, { sessionId: id, requestId: session.request.id });
  const policy = await currentPolicy(ctx.db);
  const parts = partsOf(session, story, session.timeline);
  const number = sessionNumber(session.number);
  const made: Made = {
    tally: { rows: 0 },
    expected: parts.before.length + parts.during.length + parts.after.length,
    pieces: pdf(
      {
        title: `Session ${number}`,
        foot: `Alongside · session ${number} · ${at.toISOString()}`,
        at,
      },
      async (paper) => {
        const verb = session.scope === "write" ? "acted" : "looked";
        paper.title(
          `${session.actor.name} ${verb} as ${session.subject.name}`,
          `Session ${number}, ${session.account.name}, in ${session.product.name}`,
        );
        paper.facts(sessionFacts(session, story, policy));
        paper.heading("Reason");
        paper.quote(session.request.reason);
        paper.heading("In numbers");
        paper.facts(sessionSums(session));
        paper.paragraph(
          "All times are in UTC. Reads that follow each other stand in one line with their number; writes and refusals each have their own. Each line names its entry in the audit log, of reads the first.",
          "quiet",
        );
        for (const [title, items] of [
          ["Before", parts.before],
          ["In the product", parts.during],
          ["After", parts.after],
        ] as const) {
          paper.heading(title);
          await paper.table({
            caption: `${items.length} ${items.length === 1 ? "line" : "lines"}`,
            columns: [
              {
                head: "Time (UTC)",
                of: (item: Item) => item.at.toISOString(),
                mono: true,
                width: 1.95,
              },
              { head: "What", of: (item: Item) => lineOf(item, session).what, width: 4 },
              { head: "Outcome", of: (item: Item) => lineOf(item, session).outcome, width: 1.2 },
              {
                head: "Entry",
                of: (item: Item) => lineOf(item, session).entry,
                mono: true,
                width: 1.5,
              },
            ],
            rows: counting(items, () => {
              made.tally.rows += 1;
            }),
            none: title === "In the product" ? "Nothing was done in the product." : "Nothing.",
          });
        }
        const all = session.reads + session.writes + session.refusals;
        if (all > session.timeline.length)
          paper.paragraph(
            `These are the first ${session.timeline.length} of ${all} actions. The audit log of the session has them all.`,
          );
      },
    ),
  };
  return made;
}

function* counting<T>(items: readonly T[], count: () => void): Generator<T> {
  for (const item of items) {
    count();
    yield item;
  }
}
