import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "#components/ui/page.tsx";
import { sessionNumber } from "#lib/kernel/ids.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { listOf } from "../../../_words/place-names.ts";
import { ExportForm } from "../../../audit/exports/_components/export-form.tsx";
import { PersonalData } from "../../../audit/exports/_components/personal-data.tsx";
import { exportSession } from "../../../audit/exports/actions.ts";
import { readSession } from "../read.ts";
import { sessionSentence } from "../words.ts";

export const metadata: Metadata = { title: "Session as PDF" };

/** One session as a document, for a reason. */
export default async function SessionReportPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireStaff("export_evidence");
  const session = await readSession((await params).id);
  if (!session) notFound();
  const path = `/sessions/${session.id}`;
  return (
    <Page
      width="form"
      title={`${sessionSentence(session)}, as PDF`}
      lead="Who, for whom, why, who allowed it, and each step with its entry. Reads in a row stand in one line, writes each in full."
      crumbs={[
        listOf(ctx.actor, false),
        { label: sessionNumber(session.number), href: path, mono: true },
        { label: "As PDF" },
      ]}
    >
      <ExportForm
        action={exportSession}
        hidden={{ session: session.id }}
        reasonHint="For whom, and by which request. It stays on record with the document."
        submit="Make the PDF"
        keep={path}
      >
        <PersonalData />
      </ExportForm>
    </Page>
  );
}
