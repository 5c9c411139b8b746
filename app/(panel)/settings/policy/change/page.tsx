import type { Metadata } from "next";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { formOf } from "#lib/policy/form.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readScheduled } from "#lib/policy/versions.ts";
import { PolicyForm } from "../_components/policy-form.tsx";
import { policySections } from "../sections.ts";
import "../policy.css";
import "../../../proposals/proposals.css";

export const metadata: Metadata = { title: "Change the policy" };

export default async function ChangePolicyPage() {
  const ctx = await requireStaff("change_settings");
  const policy = await readPolicy(ctx);
  const scheduled = await readScheduled(ctx);
  return (
    <Page
      title="Change the policy"
      lead="Change what should be different, then look at what it comes to. Nothing is saved before that."
      crumbs={[
        { label: "Policy", href: "/settings/policy" },
        { label: `After policy ${policy.version}` },
      ]}
    >
      {scheduled && (
        <Note icon="clock" title={`Policy ${scheduled.version} lies ahead`}>
          What you save here takes its place: it is withdrawn on record.
        </Note>
      )}
      <PolicyForm
        sections={policySections}
        initial={formOf(policy)}
        version={policy.version}
        back="/settings/policy"
      />
    </Page>
  );
}
