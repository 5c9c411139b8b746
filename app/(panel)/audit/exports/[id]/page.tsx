import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { brokenWords } from "#lib/evidence/exports/end.ts";
import { readExport } from "#lib/evidence/exports/queries.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { Check } from "../_components/check.tsx";
import { Running } from "../_components/running.tsx";
import { number, sizeWords, titleOf } from "../words.ts";
import "../exports.css";

export const metadata: Metadata = { title: "Export" };

type Props = { params: Promise<{ id: string }> };

/** One export: how far it is, and what is on record of it. */
export default async function ExportPage({ params }: Props) {
  const ctx = await requireStaff("export_evidence");
  const id = idSchema.safeParse((await params).id);
  const view = id.success ? await readExport(ctx, id.data) : null;
  if (!view) notFound();
  const own = view.startedBy === ctx.actor.id;
  const iso = (at: Date | null) => at && <span className="mono">{at.toISOString()}</span>;
  const entry = (entryId: string | null, event: string) =>
    entryId && (
      <PlainLink className="mono sha" href={`/audit?event=${event}&open=${entryId}`}>
        {entryId}
      </PlainLink>
    );
  return (
    <Page
      title={titleOf(view)}
      crumbs={[
        { label: "Audit log", href: "/audit" },
        { label: "Exports", href: "/audit/exports" },
        { label: titleOf(view) },
      ]}
      actions={view.status !== "running" && <ButtonLink href="/audit">Audit log</ButtonLink>}
    >
      {view.status === "running" && (
        <Running view={view} own={own} now={await serverTime(ctx)} here />
      )}
      {view.status === "complete" && (
        <Note role="status" icon="check" title="The whole file was handed over">
          {`${number(view.rowsDone)} ${view.rowsDone === 1 ? "row" : "rows"}, ${sizeWords(view.bytes)}. Compare its SHA-256 before you rely on it.`}
        </Note>
      )}
      {view.status === "cancelled" && (
        <Note
          role="status"
          tone="problem"
          title="It was cancelled: what was downloaded is not whole"
        >
          Throw the file away. Start another export where you need one.
        </Note>
      )}
      {view.status === "broken" && view.brokenBy && (
        <Note role="status" tone="problem" title="It broke off: what was downloaded is not whole">
          {`Because ${brokenWords[view.brokenBy]}. Throw the file away and start another export.`}
        </Note>
      )}
      <Card title="On record" id="record">
        <DescriptionList
          items={[
            ["Started by", view.name],
            ["Reason", <Quote key="r">{view.reason}</Quote>],
            ["Started", iso(view.startedAt)],
            ["Fetched", iso(view.fetchedAt)],
            ["Ended", iso(view.endedAt)],
            [
              "Rows",
              view.rowsExpected !== null &&
                `${number(view.rowsDone)} of ${number(view.rowsExpected)}`,
            ],
            ["Size", view.bytes > 0 && `${number(view.bytes)} bytes`],
            ["SHA-256", view.sha256 && <span className="mono sha">{view.sha256}</span>],
            ["Entry of the start", entry(view.startedEntryId, "export.started")],
            [
              "Entry of the end",
              entry(view.endedEntryId, view.status === "complete" ? "" : "export.stopped"),
            ],
          ]}
        />
      </Card>
      {view.status === "complete" && view.sha256 && (
        <Check format={view.format} sha256={view.sha256} />
      )}
    </Page>
  );
}
