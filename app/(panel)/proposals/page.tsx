import type { Metadata } from "next";
import Link from "next/link";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { KeyHints, rowHints } from "#components/ui/kbd.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readDecided, readWaiting } from "#lib/proposals/queries.ts";
import { proposalDays } from "#lib/proposals/rules.ts";
import { proposalParams } from "#lib/proposals/search-params.ts";
import { address } from "../_filters/address.ts";
import type { Query } from "../_words/one.ts";
import { ProposalsTable } from "./_components/proposals-table.tsx";
import "./proposals.css";

export const metadata: Metadata = { title: "Waiting for a second person" };

export default async function ProposalsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("decide_proposals");
  const params = proposalParams.parse(await searchParams);
  const decided = params.show === "decided";
  const waiting = await readWaiting(ctx);
  const page = decided
    ? await readDecided(ctx, params)
    : { rows: waiting.rows, newer: null, older: null };
  return (
    <Page
      width="wide"
      title="Waiting for a second person"
      lead={`What is looser than before is in force once somebody else accepts it, and void after ${proposalDays} days.`}
    >
      <nav className="tabs" aria-label="Waiting or decided">
        <Link href="/proposals" aria-current={decided ? undefined : "page"}>
          Waiting <span className="num">{waiting.rows.length}</span>
        </Link>
        <Link href="/proposals?show=decided" aria-current={decided ? "page" : undefined}>
          Decided
        </Link>
      </nav>
      <Card flush label={decided ? "Decided" : "Waiting"}>
        {page.rows.length === 0 ? (
          <Empty kind="nothing" icon="two" title={decided ? "Nothing yet" : "Nothing waits"}>
            {decided
              ? "What was accepted, declined or taken back will stand here."
              : "When somebody proposes a looser rule, flag or role, it waits here for a second person."}
          </Empty>
        ) : (
          <ProposalsTable
            rows={page.rows}
            waiting={!decided}
            now={waiting.at}
            zone={ctx.actor.zone}
          />
        )}
      </Card>
      <div className="row between">
        {page.rows.length > 0 && <KeyHints hints={rowHints()} />}
        <Pager
          perPage={30}
          newer={page.newer}
          older={page.older}
          to={(place) => address("/proposals", { show: "decided", ...place })}
        />
      </div>
    </Page>
  );
}
