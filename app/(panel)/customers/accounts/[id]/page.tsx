import type { Metadata } from "next";
import { StanceMark, TierMark } from "#components/marks.tsx";
import { AccountSquare } from "#components/people.tsx";
import { number } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page } from "#components/ui/page.tsx";
import { accountUsersParams, readAccountUsers } from "#lib/directory/account-users.ts";
import { readAccountFlags } from "#lib/directory/read-flags.ts";
import { readOwnLive, readPast } from "#lib/impersonation/queries.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { approversOf } from "#lib/staff/queries.ts";
import { may } from "#lib/staff/rights.ts";
import { personRow } from "../../../_components/person-row.ts";
import { listed } from "../../../_components/words.ts";
import { stanceSentences } from "../../_components/account-facts.tsx";
import { AccountUsers } from "../../_components/account-users.tsx";
import { Flags } from "../../_components/flags.tsx";
import { NotOpened, notOpenedTitle } from "../../_components/not-opened.tsx";
import { openProposals } from "../../_components/open-proposals.ts";
import { openedAccount } from "../../_components/opened.ts";
import { PastBeside } from "../../_components/past-beside.tsx";
import { TooOftenNote } from "../../_components/too-often.tsx";
import "../../_components/customers.css";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await openedAccount((await params).id);
  return { title: opened.ok ? opened.account.name : notOpenedTitle(opened.error) };
}

/** One customer and its users. Opening it is an entry. */
export default async function AccountPage({ params, searchParams }: Props) {
  const opened = await openedAccount((await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, account } = opened;
  const query = accountUsersParams.parse(await searchParams);
  const { db, actor } = ctx;
  const now = await serverTime(ctx);
  const standsIn = may(actor, "start");
  const [policy, approvers, page, past, live, flags, proposals] = await Promise.all([
    currentPolicy(db),
    approversOf(db, actor.id),
    readAccountUsers(ctx, account.id, query),
    readPast(ctx, { accountId: account.id }, {}, 5),
    standsIn ? readOwnLive(ctx) : null,
    readAccountFlags(db, account.id),
    openProposals(ctx, account.id, null),
  ]);
  return (
    <Page
      title={account.name}
      sign={<AccountSquare name={account.name} />}
      crumbs={[{ label: standsIn ? "Search" : "Customers", href: "/" }, { label: account.name }]}
      facts={
        <>
          <TierMark tier={account.tier} />
          <StanceMark stance={account.stance} />
          {number(account.users)} users · {account.product.name} ·{" "}
          <span className="mono">{account.externalId}</span>
        </>
      }
    >
      <div className="beside">
        <Card
          title="Users"
          id="users"
          flush
          aside={
            <form className="find row">
              <label className="vh" htmlFor="find">
                Find in this account
              </label>
              <Input
                id="find"
                name="q"
                type="search"
                defaultValue={query.q}
                placeholder="Find in this account"
                data-search
              />
            </form>
          }
        >
          {page.ok ? (
            <AccountUsers
              path={`/customers/accounts/${account.id}`}
              q={query.q}
              rows={page.value.users.map((user) => personRow(user, now, actor.zone))}
              previous={page.value.previous}
              next={page.value.next}
              live={live && { subjectId: live.subject.id, scope: live.scope }}
              standsIn={standsIn}
            />
          ) : (
            <TooOftenNote error={page.error} />
          )}
        </Card>
        <div className="stack">
          <Card title="Before somebody stands in" id="before">
            <DescriptionList
              narrow
              items={[
                ["Approval", approvalWords(account, policy.approvals.sensitive)],
                standsIn && account.stance !== "closed"
                  ? ["By", listed(approvers.map((one) => one.name)) || "Nobody now"]
                  : ["By", null],
                ["To stand in", account.notTheirs && `Not yours. ${account.notTheirs}`],
                ["Standing in", stanceSentences[account.stance]],
                ["Region", account.region],
                ["Open tickets", number(account.openTickets)],
                ["Policy", `Number ${policy.version}`],
              ]}
            />
          </Card>
          <Flags
            flags={flags}
            of={{ kind: "account", id: account.id, name: account.name }}
            product={account.product.name}
            proposals={proposals}
            mayChange={may(actor, "change_flags")}
            now={now}
            zone={actor.zone}
          />
          <PastBeside
            title={standsIn ? "When you stood in here" : "Who stood in last"}
            sessions={past.rows}
            now={now}
            zone={actor.zone}
            actorId={actor.id}
            none={standsIn ? "Not yet." : "Nobody whose sessions you may see, so far."}
          />
        </div>
      </div>
    </Page>
  );
}

function approvalWords(account: { tier: string; stance: string }, approvals: number): string {
  if (account.stance === "closed") return "None can be given";
  const who = approvals === 1 ? "One manager" : "Two managers";
  if (account.stance === "opted_out") return `${who}, because the account has opted out`;
  if (account.tier !== "standard") return `${who}, because the account is ${account.tier}`;
  return `For its owner and VIPs: ${who.toLowerCase()}. For others none`;
}
