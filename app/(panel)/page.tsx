import type { Metadata } from "next";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { searchParams } from "#lib/directory/schemas.ts";
import { readRecentSubjects } from "#lib/impersonation/recent-subjects.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { retryAfterOf } from "#lib/limits/limited.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readOwnOpen } from "#lib/requests/queries.ts";
import { readApprovers } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { Along } from "./_components/along.tsx";
import { AtHand } from "./_components/at-hand.tsx";
import { OwnOpen } from "./_components/own-open.tsx";
import { Recent } from "./_components/recent.tsx";
import { Search } from "./_components/search.tsx";
import { answerSearch, type SearchAnswer } from "./_components/search-answer.ts";
import { startLink } from "./start/link.ts";

const nothing: SearchAnswer = { q: "", rows: [], total: 0, more: false };

type Query = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams: query }: Query): Promise<Metadata> {
  const q = searchParams.parse(await query).q.trim();
  return { title: q ? `“${q}” · Search` : "Search" };
}

export default async function SearchPage({ searchParams: query }: Query) {
  const ctx = await requireStaff("search");
  const asked = await query;
  const { q } = searchParams.parse(asked);
  const { ticket, url } = startLink.parse(asked);
  const standsIn = may(ctx.actor, "start");
  const [answer, recent, open, approvers, policy, now] = await Promise.all([
    answerSearch(ctx, q, { ticket, url }),
    standsIn ? readRecentSubjects(ctx) : [],
    standsIn ? readOwnOpen(ctx) : [],
    standsIn ? readApprovers(ctx) : [],
    readPolicy(ctx),
    serverTime(ctx),
  ]);
  return (
    <Page
      title={standsIn ? "Who do you need to stand in for?" : "Find a customer’s user"}
      lead="Name, initials, e-mail, account or product id. Any script, accents optional, one typo forgiven."
    >
      {standsIn && <Along carried={{ ticket, url }} q={q} />}
      <Search
        // Asked for by the page itself once more, as what was typed: it says then when it goes on.
        initial={JSON.stringify(answer.ok ? answer.value : nothing)}
        refused={answer.ok ? null : retryAfterOf(answer.error)}
        reader={{
          standsIn,
          approvals: policy.approvals.sensitive,
          approvers: approvers.map(({ name, atWork }) => ({ name, atWork })),
        }}
        along={{ ticket, url }}
        blank={recent.length + open.length === 0 && <Blank standsIn={standsIn} />}
      />
      <AtHand>
        <OwnOpen requests={open} zone={ctx.actor.zone} />
        <Recent subjects={recent} now={now} zone={ctx.actor.zone} />
        {standsIn && (
          <p className="xs faint">
            Sooner here from a ticket or a page of the product:{" "}
            <PlainLink href="/start">a link for your help desk, a bookmark</PlainLink>
          </p>
        )}
      </AtHand>
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
