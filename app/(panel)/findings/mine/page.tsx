import type { Metadata } from "next";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { readMine } from "#lib/findings/mine.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { address } from "../../_filters/address.ts";
import { one, type Query } from "../../_words/one.ts";
import { Question } from "./_components/question.tsx";

export const metadata: Metadata = { title: "Questions to me" };

export default async function MyFindingsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("answer_findings");
  const query = await searchParams;
  const [{ rows, newer, older }, now] = await Promise.all([
    readMine(ctx, { before: one(query.before), after: one(query.after) }),
    serverTime(ctx),
  ]);
  return (
    <Page
      width="form"
      title="Questions to me"
      lead="Where what you did looks unusual, you are asked why the same evening. Most of it has a good reason: say which, and your manager can close it."
    >
      {rows.length === 0 ? (
        <Empty card kind="nothing" icon="check" title="Nobody has asked you anything">
          Access that a ticket of yours explains is never asked about.
        </Empty>
      ) : (
        rows.map((finding) => (
          <Question key={finding.id} finding={finding} now={now} zone={ctx.actor.zone} />
        ))
      )}
      <Pager
        perPage={20}
        newer={newer}
        older={older}
        to={(place) => address("/findings/mine", place)}
      />
    </Page>
  );
}
