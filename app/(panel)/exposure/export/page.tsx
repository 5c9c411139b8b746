import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Page } from "#components/ui/page.tsx";
import { exposureName } from "#lib/evidence/exposure.ts";
import { periodDays } from "#lib/kernel/days.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { address } from "../../_filters/address.ts";
import type { Query } from "../../_words/one.ts";
import { ExportForm } from "../../audit/exports/_components/export-form.tsx";
import { PersonalData } from "../../audit/exports/_components/personal-data.tsx";
import { exportExposure } from "../../audit/exports/actions.ts";
import { readAsked } from "../search-params.ts";

export const metadata: Metadata = { title: "Export exposure" };

/** Everybody who was reached, as a table, for a reason. */
export default async function ExposureExportPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("export_evidence");
  const { chosen, of } = readAsked(await searchParams);
  const name = of && (await exposureName(ctx.db, of));
  if (!of || !name) notFound();
  const back = address("/exposure", chosen);
  return (
    <Page
      width="form"
      title={`Export whom ${name} reached`}
      lead={`${periodDays(of.from, of.to)}, a line for each person, as CSV.`}
      crumbs={[{ label: "Exposure", href: back }, { label: "Export" }]}
    >
      <ExportForm
        action={exportExposure}
        hidden={{ ...of }}
        reasonHint="The incident, and who asked. It stays on record with the export."
        submit="Start the export"
        keep={back}
      >
        <PersonalData />
      </ExportForm>
    </Page>
  );
}
