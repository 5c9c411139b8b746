import type { Metadata } from "next";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { searchParams } from "#lib/directory/schemas.ts";
import { readRecentSubjects } from "#lib/impersonation/recent-subjects.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { retryAfterOf } from "#lib/limits/limited.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readApprovers } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { Recent } from "./_components/recent.tsx";
import { Search } from "./_components/search.tsx";
import { answerSearch, type SearchAnswer } from "./_components/search-answer.ts";

const nothing: SearchAnswer = { q: "", rows: [], total: 0, more: false };

type Query = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams: query }: Query): Promise<Metadata> {
  const q = searchParams.parse(await query).q.trim();
  return { title: q ? `“${q}” · Search` : "Search" };
}

export default async function SearchPage({ searchParams: query }: Query) {
  const ctx = await requireStaff("search");
  const { q } = searchParams.parse(await query);
  const standsIn = may(ctx.actor, "start");
  const [answer, recent, approvers, policy, now] = await Promise.all([
    answerSearch(ctx, q),
    standsIn ? readRecentSubjects(ctx) : [],
    standsIn ? readApprovers(ctx) : [],
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  return (
    <Page
      title={standsIn ? "Who do you need to stand in for?" : "Find a customer’s user"}
      lead="Name, e-mail, account or product id. Any script, accents optional, one typo forgiven."
    >
      <Search
        // Asked for by the page itself once more, as what was typed: it says then when it goes on.
        initial={JSON.stringify(answer.ok ? answer.value : nothing)}
        refused={answer.ok ? null : retryAfterOf(answer.error)}
        reader={{
          standsIn,
          approvals: policy.approvals.sensitive,
          approvers: approvers.map(({ name, atWork }) => ({ name, atWork })),
        }}
        blank={recent.length === 0 && <Blank standsIn={standsIn} />}
      />
      <Recent subjects={recent} now={now} zone={ctx.actor.zone} />
    </Page>
  );
}

function Blank({ standsIn }: { standsIn: boolean }) {
  return (
    <Empty card kind="nothing" icon="search" title={standsIn ? "Nobody yet" : "Begin to type"}>
      {standsIn
        ? "Type who it is. Whom you stood in for last will stand here."
        : "Opening a person is on record, with your name."}
    </Empty>
  );
}
