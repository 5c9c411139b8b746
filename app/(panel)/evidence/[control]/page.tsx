import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ControlView } from "#app/_evidence/control-view.tsx";
import { readControl } from "#app/_evidence/read-control.ts";
import { periodQuery, periodWords } from "#app/_evidence/words.ts";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { controls } from "#lib/evidence/controls/controls.ts";
import { controlSchema, evidenceParams } from "#lib/evidence/controls/params.ts";
import { readPeriod } from "#lib/evidence/controls/period.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../../_filters/address.ts";
import type { Query } from "../../_words/one.ts";
import { entryAddress, lineAddress } from "../line-address.ts";

type Props = { params: Promise<{ control: string }>; searchParams: Query };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const control = controlSchema.safeParse((await params).control);
  return {
    title: control.success ? `${control.data} ${controls[control.data].title}` : "Nothing here",
  };
}

export default async function ControlPage({ params, searchParams }: Props) {
  const ctx = await requireStaff("see_evidence");
  const parsed = controlSchema.safeParse((await params).control);
  if (!parsed.success) notFound();
  const control = parsed.data;
  const asked = evidenceParams.parse(await searchParams);
  const period = await readPeriod(ctx, asked);
  const path = `/evidence/${control}`;
  const read = await readControl(ctx, { control, period, params: asked, path });
  return (
    <Page
      width="wide"
      title={`${control} ${controls[control].title}`}
      lead={periodWords(period)}
      crumbs={[
        { label: "Evidence", href: address("/evidence", periodQuery(period)) },
        { label: control },
      ]}
      actions={<PrintButton />}
    >
      <ControlView
        {...{ control, period, path, params: asked, ...read }}
        hrefOf={lineAddress}
        entryOf={entryAddress}
        mayTake={may(ctx.actor, "export_evidence")}
      />
    </Page>
  );
}
