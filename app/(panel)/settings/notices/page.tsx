import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import { serverTime } from "#lib/kernel/server-time.ts";
import { outNames, outWords } from "#lib/notices/choices.ts";
import { readFailures } from "#lib/notices/failures.ts";
import { readTeamChannels } from "#lib/notices/team-channels.ts";
import { noticeChannels } from "#lib/platform/notices.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { FailuresTable } from "./_components/failures-table.tsx";
import { placeWords, toldWords } from "./words.ts";

export const metadata: Metadata = { title: "Notices" };

export default async function NoticeSettingsPage() {
  const ctx = await requireStaff("see_settings");
  const [channels, failures, now] = await Promise.all([
    readTeamChannels(ctx),
    readFailures(ctx),
    serverTime(ctx),
  ]);
  const mayChange = may(ctx.actor, "change_settings");
  const ways = noticeChannels();
  const off = outNames.filter((name) => !ways[name]).map((name) => outWords[name]);
  return (
    <Page
      title="Notices"
      lead="Where teams are told, and your company’s own systems. What goes to a person elsewhere than to the inbox, they choose themselves."
      actions={
        mayChange && (
          <ButtonLink variant="primary" icon="plus" href="/settings/notices/new">
            Add a channel…
          </ButtonLink>
        )
      }
    >
      {off.length > 0 && (
        <p className="sm soft">
          {off.join(" and ")} {off.length === 1 ? "is" : "are"} not set up in this installation: it
          is done where the panel is started, see docs/notices.md.
        </p>
      )}
      <Card title="Channels" id="channels" flush>
        {channels.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="bell" title="No channel yet">
            A team’s Slack channel sees requests of its people; a webhook tells a system of your
            own.
          </Empty>
        ) : (
          <Table caption="Channels by name">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th>What</Th>
                <Th>Team</Th>
                <Th>Told</Th>
              </tr>
            </thead>
            <tbody>
              {channels.map((channel) => (
                <tr key={channel.id}>
                  <RowHead className="wide">
                    {mayChange ? (
                      <PlainLink className="cell" href={`/settings/notices/${channel.id}`}>
                        {channel.name}
                      </PlainLink>
                    ) : (
                      channel.name
                    )}
                  </RowHead>
                  <td>
                    {channel.channel === "slack" ? "Slack" : "Webhook"}{" "}
                    <span className="mono soft">{placeWords(channel)}</span>
                  </td>
                  <td>{channel.team ?? "–"}</td>
                  <td>{toldWords(channel)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Card
        title="What did not arrive"
        id="failures"
        flush
        aside={failures.waiting > 0 && `${failures.waiting} on the way`}
      >
        <FailuresTable rows={failures.rows} now={now} zone={ctx.actor.zone} />
      </Card>
    </Page>
  );
}
