import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { readFindings } from "#lib/findings/list.ts";
import { readLooking } from "#lib/findings/looking.ts";
import { findingParams } from "#lib/findings/search-params.ts";
import { readWaiting } from "#lib/findings/waiting.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readStaffName } from "#lib/staff/find-staff.ts";
import { reach } from "#lib/staff/rights.ts";
import { ListFoot } from "../_filters/list-foot.tsx";
import { readTyped } from "../_filters/typed.ts";
import { Which } from "../_filters/which.tsx";
import { one, type Query } from "../_words/one.ts";
import { FindingsEmpty } from "./_components/findings-empty.tsx";
import { FindingsFilters } from "./_components/findings-filters.tsx";
import { FindingsTable } from "./_components/findings-table.tsx";
import { HowFarBack, NotLookedAt } from "./_components/looking.tsx";
import { filtersOf, findingsAddress } from "./address.ts";
import "./findings.css";

export const metadata: Metadata = { title: "Findings" };

export default async function FindingsPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_findings");
  const query = await searchParams;
  const params = findingParams.parse(query);
  const filters = filtersOf(params);
  const typed = await readTyped(ctx, "see_findings", { actor: one(query.actor) });
  const [only, another] = typed?.choices ?? [];
  if (only && !another) redirect(findingsAddress({ ...filters, actor: only.id }));
  const far = reach(ctx.actor, "see_findings");
  const open = params.status === undefined || params.status === "open";
  const [{ rows, newer, older }, whose, waiting, looking, now] = await Promise.all([
    readFindings(ctx, params),
    params.actor ? readStaffName(ctx, "see_findings", params.actor) : null,
    readWaiting(ctx),
    readLooking(ctx),
    serverTime(ctx),
  ]);
  const { actor, detector, from, to, status } = params;
  const isOne = status !== undefined && status !== "open" && status !== "disposed";
  return (
    <Page
      width="wide"
      title="Findings"
      lead={`Patterns of access that somebody must look at and dispose of. ${
        far === "all" ? "You see all of them." : "You see those about your team and your line."
      }`}
      actions={<PrintButton />}
    >
      {waiting.asked > 0 && (
        <Note icon="info" title="Somebody would like to know why">
          <p>
            You were asked about something that you did yourself:{" "}
            <PlainLink href="/findings/mine">answer it</PlainLink>.
          </p>
        </Note>
      )}
      <NotLookedAt missed={looking.missed} now={now} zone={ctx.actor.zone} />
      <div className="row between">
        <nav className="tabs" aria-label="Open or disposed of">
          <Link
            href={findingsAddress({ ...filters, status: undefined })}
            aria-current={open ? "page" : undefined}
          >
            Open <span className="num">{waiting.open}</span>
          </Link>
          <Link
            href={findingsAddress({ ...filters, status: "disposed" })}
            aria-current={open ? undefined : "page"}
          >
            Disposed of
          </Link>
        </nav>
        <FindingsFilters params={params} actorName={whose?.name ?? null} />
      </div>
      {typed && <Which typed={typed} hrefOf={(id) => findingsAddress({ ...filters, actor: id })} />}
      <Card flush label="Findings">
        {rows.length === 0 ? (
          <FindingsEmpty
            foreign={actor !== undefined && far !== "all" && whose === null}
            filtered={Boolean(actor || detector || from || to || isOne)}
            open={open}
          />
        ) : (
          <FindingsTable rows={rows} now={now} zone={ctx.actor.zone} open={open} />
        )}
      </Card>
      <HowFarBack begins={looking.begins} now={now} zone={ctx.actor.zone} />
      <ListFoot
        isEmpty={rows.length === 0}
        opens="open"
        perPage={30}
        newer={newer}
        older={older}
        to={(place) => findingsAddress({ ...filters, ...place })}
      />
    </Page>
  );
}
