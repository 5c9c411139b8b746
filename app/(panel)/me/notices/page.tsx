import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import {
  byWords,
  type Closed,
  outNames,
  outWords,
  readChoices,
  readClosed,
  readHasReports,
} from "#lib/notices/choices.ts";
import { groupsOf } from "#lib/notices/groups.ts";
import type { OutName } from "#lib/notices/queue.ts";
import { noticeChannels } from "#lib/platform/notices.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { ChooseForm } from "./_components/choose-form.tsx";
import { TestForm } from "./_components/test-form.tsx";
import { SlackCard } from "./_slack/slack-card.tsx";
import "./notices.css";

export const metadata: Metadata = { title: "Notices" };

export default async function MyNoticesPage() {
  const ctx = await requireStaff("read_notices");
  const [on, hasReports, closed] = await Promise.all([
    readChoices(ctx),
    readHasReports(ctx),
    readClosed(ctx.db, ctx.actor.id, noticeChannels()),
  ]);
  const open = outNames.filter((name) => closed[name] === null);
  const admin = may(ctx.actor, "change_settings");
  return (
    <Page
      title="What you are told, and how"
      lead="Everything stands in your inbox. Choose what goes to you elsewhere, too. Break-glass goes every way that there is, whatever you choose."
    >
      <Card title="Choose" id="choose" flush>
        <div className="in">
          <ChooseForm
            groups={groupsOf(ctx.actor, hasReports).map(({ group, name, means }) => ({
              ...{ name: group, label: name, means },
            }))}
            ways={outNames.map((name) => ({
              name,
              label: outWords[name],
              isOpen: closed[name] === null,
            }))}
            on={on}
          />
        </div>
      </Card>
      <SlackCard ctx={ctx} />
      <Card title="Try it" id="try">
        <div className="stack">
          {open.map((name) => (
            <TestForm key={name} channel={name} label={byWords[name]} />
          ))}
          <ul className="stack s">
            {outNames.map((name) => {
              const why = closed[name];
              return why ? (
                <li key={name} className="sm soft">
                  {outWords[name]}: {whyClosed(name, why, admin)}
                </li>
              ) : null;
            })}
          </ul>
        </div>
      </Card>
    </Page>
  );
}

function whyClosed(name: OutName, why: NonNullable<Closed>, admin: boolean): string {
  switch (why) {
    case "not_set_up":
      return name === "mail"
        ? "off, because this installation has no mail server. Whoever runs it sets SMTP_URL and MAIL_FROM."
        : "off, because this installation is not connected to it. Whoever runs it sets that up.";
    case "not_linked":
      return "off, because it is not known which member of Slack you are. Say so above.";
    case "no_webhook":
      return admin
        ? "off, because no webhook is there for people’s own notices. Add one under Settings, Notices."
        : "off, because your company has no system of its own for people’s notices. An admin adds one.";
  }
}
