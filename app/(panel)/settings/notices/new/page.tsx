import type { Metadata } from "next";
import { Page } from "#components/ui/page.tsx";
import { readTeams } from "#lib/notices/teams.ts";
import { noticeChannels } from "#lib/platform/notices.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { AddForm } from "../_components/add-form.tsx";
import { teamOptions } from "../words.ts";

export const metadata: Metadata = { title: "Add a channel" };

export default async function NewChannelPage() {
  const ctx = await requireStaff("change_settings");
  return (
    <Page
      width="form"
      title="Add a channel"
      lead="No more is said there than somebody needs to see what waits: account, user, reason and ticket."
      crumbs={[{ label: "Notices", href: "/settings/notices" }, { label: "Add a channel" }]}
    >
      <AddForm
        groups={teamOptions}
        teams={await readTeams(ctx)}
        hasSlack={noticeChannels().slack !== undefined}
      />
    </Page>
  );
}
