import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { readTeamChannels } from "#lib/notices/team-channels.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { ChangeForm, ChannelForms } from "../_components/channel-forms.tsx";
import { placeWords, teamOptions } from "../words.ts";

export const metadata: Metadata = { title: "A channel" };

type Props = { params: Promise<{ id: string }> };

export default async function ChannelPage({ params }: Props) {
  const ctx = await requireStaff("change_settings");
  const { id } = await params;
  const channel = (await readTeamChannels(ctx)).find((one) => one.id === id);
  if (!channel) notFound();
  return (
    <Page
      width="form"
      title={channel.name}
      lead={channel.channel === "slack" ? "A Slack channel." : "A webhook."}
      crumbs={[{ label: "Notices", href: "/settings/notices" }, { label: channel.name }]}
      facts={<span className="mono">{placeWords(channel)}</span>}
    >
      <Card title="What it is told" id="told">
        <ChangeForm channel={channel} groups={teamOptions} />
      </Card>
      <Card title="Its secret, and its end" id="end">
        <ChannelForms channel={channel} />
      </Card>
    </Page>
  );
}
