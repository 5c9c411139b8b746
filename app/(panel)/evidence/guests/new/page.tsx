import type { Metadata } from "next";
import { Page } from "#components/ui/page.tsx";
import { evidenceParams } from "#lib/evidence/controls/params.ts";
import { readPeriod } from "#lib/evidence/controls/period.ts";
import { env } from "#lib/platform/env.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import type { Query } from "../../../_words/one.ts";
import { InviteForm } from "../../_components/invite-form.tsx";
import "#app/_evidence/evidence.css";

export const metadata: Metadata = { title: "Invite an auditor" };

export default async function InvitePage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("export_evidence");
  const { firstDay, lastDay, zone } = await readPeriod(
    ctx,
    evidenceParams.parse(await searchParams),
  );
  return (
    <Page
      width="form"
      title="Invite an auditor"
      lead="To one period, by a link that lets one browser in."
      crumbs={[
        { label: "Evidence", href: "/evidence" },
        { label: "Auditors’ access", href: "/evidence/guests" },
        { label: "Invite" },
      ]}
    >
      <InviteForm
        period={{ firstDay, lastDay, zone }}
        origin={new URL(env().ALONGSIDE_URL).origin}
      />
    </Page>
  );
}
