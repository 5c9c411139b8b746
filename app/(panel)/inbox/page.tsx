import type { Metadata } from "next";
import Link from "next/link";
import { RowKeys } from "#components/keys/row-keys.tsx";
import { NewOnTop, WithFirstShown } from "#components/new-on-top.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { inboxPage, inboxParams, readInbox } from "#lib/notices/inbox.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { address } from "../_filters/address.ts";
import { one, type Query } from "../_words/one.ts";
import { NoticeItem } from "./_components/notice-item.tsx";
import { ReadForm } from "./_components/read-form.tsx";
import "./inbox.css";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("read_notices");
  const query = await searchParams;
  const params = inboxParams.parse({
    show: one(query.show),
    before: one(query.before),
    after: one(query.after),
  });
  const [{ rows, newer, older }, now] = await Promise.all([
    readInbox(ctx, params),
    serverTime(ctx),
  ]);
  const unread = params.show === "unread";
  const [newest] = rows;
  return (
    <WithFirstShown>
      <Page
        title="Inbox"
        lead="What concerns you, as it stands now: what is decided says who decided."
        actions={
          <>
            {unread && newest && <ReadForm noticeId={newest.id} all />}
            <ButtonLink href="/me/notices" icon="gear">
              Choose what you are told
            </ButtonLink>
          </>
        }
      >
        <nav className="tabs" aria-label="Unread or all">
          <Link href="/inbox" aria-current={unread ? "page" : undefined}>
            Unread
          </Link>
          <Link href="/inbox?show=all" aria-current={unread ? undefined : "page"}>
            All
          </Link>
        </nav>
        <Card flush label={unread ? "Unread" : "All"}>
          {rows.length === 0 ? (
            <Empty
              kind="nothing"
              icon={unread ? "check" : "inbox"}
              title={unread ? "You have read everything" : "Nothing yet"}
            >
              {unread
                ? "When somebody asks you, decides on what you asked, or a review is due, it stands here first."
                : "Requests to decide on, decisions on yours, and reviews that are due will stand here."}
            </Empty>
          ) : (
            <RowKeys>
              <NewOnTop
                key={JSON.stringify(params)}
                className="notices"
                items={rows.map((notice) => ({
                  id: notice.id,
                  row: <NoticeItem notice={notice} now={now} zone={ctx.actor.zone} />,
                }))}
              />
            </RowKeys>
          )}
        </Card>
        <Pager
          perPage={inboxPage}
          newer={newer}
          older={older}
          to={(place) => address("/inbox", { show: unread ? null : "all", ...place })}
        />
        {rows.length > 0 && (
          <KeyHints
            hints={[
              { keys: ["J", "K"], does: "move" },
              { keys: ["↵"], does: "open" },
            ]}
          />
        )}
      </Page>
    </WithFirstShown>
  );
}
