import type { Metadata } from "next";
import { Page } from "#components/ui/page.tsx";
import { searchName } from "../../../_words/place-names.ts";
import { NotOpened } from "../../_components/not-opened.tsx";
import { openedSubject } from "../../_components/opened.ts";
import "../../../audit/exports/exports.css";
import { ReportForm } from "./_components/report-form.tsx";

export const metadata: Metadata = { title: "Own report" };

/** A person's own report (GDPR Art. 15). */
export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const opened = await openedSubject("export_evidence", (await params).id);
  if (!opened.ok) return <NotOpened error={opened.error} />;
  const { ctx, subject } = opened;
  return (
    <Page
      width="form"
      title={`Report for ${subject.name}`}
      lead="What a person may ask for under Article 15 of the GDPR: when staff stood in for them, for which purpose, on which lawful basis, by which department, and which kinds of data were seen and changed."
      crumbs={[
        { label: searchName(ctx.actor), href: "/" },
        { label: subject.name, href: `/customers/${subject.subjectId}` },
        { label: "Report" },
      ]}
    >
      <ReportForm subject={{ id: subject.subjectId, name: subject.name }} />
    </Page>
  );
}
