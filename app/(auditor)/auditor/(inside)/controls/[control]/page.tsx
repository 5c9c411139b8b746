import type { Metadata } from "next";
import { ControlView } from "#app/_evidence/control-view.tsx";
import { readControl } from "#app/_evidence/read-control.ts";
import { periodWords } from "#app/_evidence/words.ts";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { controls } from "#lib/evidence/controls/controls.ts";
import { controlSchema, evidenceParams } from "#lib/evidence/controls/params.ts";
import { readGuestPeriod } from "#lib/evidence/controls/period.ts";
import { refuseGuest, requireGuest } from "#lib/platform/require-guest.ts";

export const metadata: Metadata = { title: "Control" };

type Props = {
  params: Promise<{ control: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function AuditorControlPage({ params, searchParams }: Props) {
  const guest = await requireGuest();
  const parsed = controlSchema.safeParse((await params).control);
  if (!parsed.success) return refuseGuest(guest, "a control that there is not");
  const control = parsed.data;
  // Days of the address count for nothing here.
  const asked = evidenceParams.parse(await searchParams);
  const period = await readGuestPeriod(guest.ctx);
  const path = `/auditor/controls/${control}`;
  const read = await readControl(guest.ctx, { control, period, params: asked, path });
  return (
    <Page
      width="wide"
      title={`${control} ${controls[control].title}`}
      actions={<PrintButton />}
      lead={periodWords(period)}
      crumbs={[{ label: "Evidence", href: "/auditor" }, { label: control }]}
    >
      <ControlView
        {...{ control, period, path, params: asked, ...read }}
        hrefOf={({ id }) => `${path}/${id}`}
        mayTake
      />
    </Page>
  );
}
