import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { companySignOn } from "#lib/platform/demo.ts";
import { noticeChannels } from "#lib/platform/notices.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { timeZones } from "#lib/staff/schemas.ts";
import { StaffForm } from "../_components/staff-form.tsx";

/** What becomes of an invitation, which is a plain link to the sign-in. */
function invitation(): string {
  if (!noticeChannels().mail)
    return "No mail is set up here, so nothing is sent: tell them yourself. Once they are in, it stands in their inbox.";
  return companySignOn()
    ? "With a link to sign in by the company’s sign-on, which knows them by this e-mail."
    : "No company’s sign-on is configured in this demo: they find themselves in the list of the sign-in page.";
}

export const metadata: Metadata = { title: "Add a person" };

export default async function NewPersonPage() {
  const { actor } = await requireStaff("change_settings");
  return (
    <Page
      width="form"
      crumbs={[{ label: "Staff", href: "/settings/staff" }, { label: "Add a person" }]}
      title="Add a person"
      lead="They can sign in as soon as they hold a role."
    >
      <Card label="Add a person">
        <StaffForm person={null} zones={timeZones} zone={actor.zone} invitation={invitation()} />
      </Card>
    </Page>
  );
}
