import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { auditParams } from "#lib/audit/search-params.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import type { Query } from "../../_words/one.ts";
import { chipsOf } from "../_components/chips.ts";
import { auditAddress, filtersOf } from "../address.ts";
import { ExportForm } from "../exports/_components/export-form.tsx";
import { PersonalData } from "../exports/_components/personal-data.tsx";
import { exportLog } from "../exports/actions.ts";
import "../exports/exports.css";

export const metadata: Metadata = { title: "Export the audit log" };

/** What the audit page shows, as a file: with the filter in force, for a reason. */
export default async function ExportPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("export_evidence");
  const params = auditParams.parse(await searchParams);
  const filters = filtersOf(params);
  const chips = await chipsOf({ ctx, params, rows: [] });
  const back = auditAddress(filters);
  return (
    <Page
      width="form"
      title="Export the audit log"
      crumbs={[{ label: "Audit log", href: back }, { label: "Export" }]}
    >
      <Card title="What is in it" id="what">
        <DescriptionList
          narrow
          items={
            chips.length > 0
              ? chips.map(({ field, value }) => [field, value] as const)
              : [["Filter", "None: every entry"]]
          }
        />
      </Card>
      <ExportForm
        action={exportLog}
        hidden={{ filter: new URL(back, "http://panel").search.slice(1) }}
        formats={[
          {
            value: "csv",
            label: "CSV",
            means:
              "For a spreadsheet. Cells that begin like a formula have an apostrophe before them.",
          },
          {
            value: "jsonl",
            label: "JSONL",
            means:
              "For programs: one entry a line, as it was recorded. Its last line says how many there are.",
          },
        ]}
        reasonHint="For whom, and by which request. It stays on record with the export."
        submit="Start the export"
        keep={back}
      >
        <PersonalData />
      </ExportForm>
    </Page>
  );
}
