import type { Metadata } from "next";
import { RowKeys } from "#components/keys/row-keys.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { readToLookAt } from "#lib/impersonation/to-look-at.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { address } from "../../_filters/address.ts";
import { one, type Query } from "../../_words/one.ts";
import { listOf } from "../../_words/place-names.ts";
import { ToLookAtItems } from "../_components/to-look-at.tsx";

export const metadata: Metadata = { title: "Sessions to look at" };

export default async function ToLookAtPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("review_sessions");
  const query = await searchParams;
  const input = { before: one(query.before), after: one(query.after) };
  const { rows, newer, older, at } = await readToLookAt(ctx, input);
  return (
    <Page
      title="Sessions to look at"
      lead="What was sensitive or for acting, and each break-glass: was it as expected, or is there something to look at closer?"
      crumbs={[listOf(ctx.actor, false), { label: "To look at" }]}
    >
      <Card flush label="Sessions to look at">
        {rows.length === 0 ? (
          <Empty kind="nothing" icon="check" title="Nothing waits for you">
            When a sensitive or acting session ends that you approved, or of somebody who reports to
            you, it stands here.
          </Empty>
        ) : (
          <RowKeys>
            <ToLookAtItems rows={rows} at={at} zone={ctx.actor.zone} />
          </RowKeys>
        )}
      </Card>
      <Pager
        perPage={30}
        newer={newer}
        older={older}
        to={(place) => address("/sessions/to-look-at", place)}
      />
    </Page>
  );
}
