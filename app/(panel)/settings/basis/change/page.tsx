import type { Metadata } from "next";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { formOf } from "#lib/policy/form.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readScheduled } from "#lib/policy/versions.ts";
import { PolicyForm } from "../../policy/_components/policy-form.tsx";
import { basisSections } from "../../policy/sections.ts";
import "../../policy/policy.css";
import "../../../proposals/proposals.css";

export const metadata: Metadata = { title: "Change the lawful basis" };

export default async function ChangeBasisPage() {
  const ctx = await requireStaff("change_settings");
  const policy = await readPolicy(ctx);
  const scheduled = await readScheduled(ctx);
  return (
    <Page
      title="Change the lawful basis"
      lead="Another basis, another clause and a ticket less wait for a second person. Look at what it comes to before it is saved."
      crumbs={[
        { label: "Lawful basis", href: "/settings/basis" },
        { label: `After policy ${policy.version}` },
      ]}
    >
      {scheduled && (
        <Note icon="clock" title={`Policy ${scheduled.version} lies ahead`}>
          What you save here takes its place: it is withdrawn on record.
        </Note>
      )}
      <PolicyForm
        sections={basisSections}
        initial={formOf(policy)}
        version={policy.version}
        back="/settings/basis"
      />
    </Page>
  );
}
