import type { Metadata } from "next";
import { ControlsTable } from "#app/_evidence/controls-table.tsx";
import { periodQuery, periodWords } from "#app/_evidence/words.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { recordPopulation } from "#lib/evidence/controls/draw.ts";
import { evidenceParams } from "#lib/evidence/controls/params.ts";
import { readPeriod } from "#lib/evidence/controls/period.ts";
import { countControls } from "#lib/evidence/controls/queries.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { address } from "../_filters/address.ts";
import type { Query } from "../_words/one.ts";
import { PeriodForm } from "./_components/period-form.tsx";
import "#app/_evidence/evidence.css";

export const metadata: Metadata = { title: "Evidence" };

export default async function EvidencePage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_evidence");
  const period = await readPeriod(ctx, evidenceParams.parse(await searchParams));
  const counts = await countControls(ctx.db, period);
  await recordPopulation(ctx, period, counts);
  const keep = periodQuery(period);
  return (
    <Page
      title="Evidence"
      lead="What stands behind each control in a period: every line, its exceptions, and a sample drawn in front of the auditor."
      actions={
        <>
          <PrintButton />
          <ButtonLink icon="key" href="/evidence/guests">
            Auditors’ access
          </ButtonLink>
        </>
      }
    >
      <PeriodForm period={period} />
      <Card title={periodWords(period)} id="controls" flush>
        <ControlsTable
          counts={counts}
          hrefOf={(control, only) => address(`/evidence/${control}`, { ...keep, only })}
        />
      </Card>
      <p className="sm soft">
        Names of controls are those of SOC 2 (trust services criteria), with annex A of ISO
        27001:2022 beside them. Looking here is on record.
      </p>
    </Page>
  );
}
