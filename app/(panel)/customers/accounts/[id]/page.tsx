import type { Metadata } from "next";
import { StanceMark, TierMark } from "#components/marks.tsx";
import { AccountSquare } from "#components/people.tsx";
import { number } from "#components/time-words.ts";
import { Page } from "#components/ui/page.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { reach } from "#lib/staff/rights.ts";
import type { Query } from "../../../_words/one.ts";
import { searchName } from "../../../_words/place-names.ts";
import { BeforePage } from "../../_components/before.tsx";
import { BeforeTabs } from "../../_components/before-tabs.tsx";
import { NotOpened, notOpenedTitle } from "../../_components/not-opened.tsx";
import { openedAccount } from "../../_components/opened.ts";
import { showParams } from "../../_components/show-params.ts";
import { Beside } from "./_components/beside.tsx";
import { Users } from "./_components/users.tsx";
import "../../_components/customers.css";

type Props = { params: Promise<{ id: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const opened = await openedAccount((await params).id);
  return { title: opened.ok ? opened.account.name : notOpenedTitle(opened.error) };
}

/** One customer and its users. Opening it is an entry. */
export default async function AccountPage({ params, searchParams }: Props) {
  const opened = await openedAccount((await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, account } = opened;
  const asked = await searchParams;
  const query = showParams.parse(asked);
  const { actor } = ctx;
  const now = await serverTime(ctx);
  const path = `/customers/accounts/${account.id}`;
  const customer = { kind: "account", id: account.id, name: account.name } as const;
  return (
    <Page
      title={account.name}
      sign={<AccountSquare name={account.name} />}
      crumbs={[{ label: searchName(actor), href: "/" }, { label: account.name }]}
      facts={
        <>
          <TierMark tier={account.tier} />
          <StanceMark stance={account.stance} />
          {account.users === 1 ? "1 user" : `${number(account.users)} users`} ·{" "}
          {account.product.name} · <span className="mono">{account.externalId}</span>
        </>
      }
    >
      <BeforeTabs
        path={path}
        first="Users"
        label={`About ${account.name}`}
        show={query.show}
        of={{ account: account.id }}
        far={reach(actor, "read_audit")}
      />
      {query.show ? (
        <BeforePage
          ctx={ctx}
          customer={customer}
          now={now}
          path={path}
          show={query.show}
          params={query}
        />
      ) : (
        <div className="beside">
          <Users ctx={ctx} account={account} path={path} query={asked} now={now} />
          <Beside ctx={ctx} account={account} path={path} now={now} />
        </div>
      )}
    </Page>
  );
}
