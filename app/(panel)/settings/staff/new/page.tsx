import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { timeZones } from "#lib/staff/schemas.ts";
import { StaffForm } from "../_components/staff-form.tsx";

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
        <StaffForm person={null} zones={timeZones} zone={actor.zone} />
      </Card>
    </Page>
  );
}
