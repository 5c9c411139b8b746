import type { Readable } from "node:stream";
import { pdf } from "#lib/files/pdf/pdf.ts";
import type { Item, SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { sessionNumber } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";
import { sessionFacts, sessionSums } from "./session-facts.ts";
import { lineOf } from "./session-lines.ts";

type Report = {
  session: SessionPage;
  story: readonly Told[];
  /** Whether the story has every entry about the session. */
  isWhole: boolean;
  policy: Policy;
  at: Date;
  before: AsyncIterable<Item>;
  during: AsyncIterable<Item>;
  after: AsyncIterable<Item>;
};

/** Who, for whom, why, who allowed it, and each step. */
export const sessionPdf = (report: Report): Readable => {
  const { session, story, policy, at } = report;
  const number = sessionNumber(session.number);
  return pdf(
    {
      title: `Session ${number}`,
      head: `Session ${number} · ${session.actor.name} as ${session.subject.name}`,
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
      for (const [title, rows, none] of [
        ["Before", report.before, "Nothing."],
        ["In the product", report.during, "Nothing was done in the product."],
        ["After", report.after, "Nothing."],
      ] as const) {
        paper.heading(title);
        await paper.table({
          caption: "Steps, oldest first",
          columns: [
            {
              head: "Time (UTC), entry",
              of: (item: Item) => item.at.toISOString(),
              second: (item: Item) => lineOf(item, session).entry,
              mono: true,
              width: 3.5,
            },
            { head: "What", of: (item: Item) => lineOf(item, session).what, width: 5 },
            { head: "Outcome", of: (item: Item) => lineOf(item, session).outcome, width: 1.6 },
          ],
          rows,
          none,
        });
      }
      if (!report.isWhole)
        paper.paragraph(
          `Of the entries about the session that are no actions of it, these are the first ${story.length}. An export of the audit log by this session has them all.`,
        );
    },
  );
};
