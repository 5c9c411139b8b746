import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { periodWords } from "#app/_evidence/words.ts";
import { Sentence } from "#components/sentence.tsx";
import { Time } from "#components/time.tsx";
import { cityOf } from "#components/time-words.ts";
import { Card } from "#components/ui/card.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { readGuest, readLooks } from "#lib/evidence/guests/queries.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { env } from "#lib/platform/env.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../../../_filters/address.ts";
import { one, type Query } from "../../../_words/one.ts";
import { AccessForms } from "../../_components/access-forms.tsx";
import { AccessMark } from "../../_components/access-mark.tsx";
import "#app/_evidence/evidence.css";

export const metadata: Metadata = { title: "An auditor’s access" };

type Props = { params: Promise<{ id: string }>; searchParams: Query };

export default async function GuestPage({ params, searchParams }: Props) {
  const ctx = await requireStaff("see_evidence");
  const id = idSchema.safeParse((await params).id);
  const guest = id.success ? await readGuest(ctx.db, id.data) : null;
  if (!guest) notFound();
  const query = await searchParams;
  const [{ rows, newer, older }, now] = await Promise.all([
    readLooks(ctx.db, guest.id, { before: one(query.before), after: one(query.after) }),
    serverTime(ctx),
  ]);
  const { zone } = ctx.actor;
  const path = `/evidence/guests/${guest.id}`;
  return (
    <Page
      title={guest.name}
      lead={`${guest.firm}, ${guest.email}`}
      crumbs={[
        { label: "Evidence", href: "/evidence" },
        { label: "Auditors’ access", href: "/evidence/guests" },
        { label: guest.name },
      ]}
      facts={<AccessMark guest={guest} now={now} zone={zone} />}
    >
      <Card title="The access" id="access">
        <DescriptionList
          items={[
            ["May look at", `${periodWords(guest)}, ${cityOf(guest.zone)} time`],
            ["Why", <Quote key="why">{guest.reason}</Quote>],
            [
              "Invited",
              <span key="invited">
                <Time at={guest.invitedAt} now={now} zone={zone} /> by {guest.invitedBy}
              </span>,
            ],
            [
              "Until",
              <Time key="until" at={guest.expiresAt} now={now} zone={zone} style="dated" />,
            ],
            [
              "Ended",
              guest.revokedAt && (
                <span>
                  <Time at={guest.revokedAt} now={now} zone={zone} /> by {guest.revokedBy}
                </span>
              ),
            ],
          ]}
        />
      </Card>
      {!guest.isOver && may(ctx.actor, "export_evidence") && (
        <Card title="Change it" id="change">
          <AccessForms
            guestId={guest.id}
            name={guest.name}
            origin={new URL(env().ALONGSIDE_URL).origin}
          />
        </Card>
      )}
      <Card flush title="What they opened" id="opened">
        {rows.length === 0 ? (
          <Empty level="h3" kind="nothing" icon="key" title="Nothing yet">
            Each page that they open stands here, as it stands in the audit log.
          </Empty>
        ) : (
          <Table caption={`What ${guest.name} opened, newest first`}>
            <thead>
              <tr>
                <Th>When</Th>
                <Th>Event</Th>
                <Th>What</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((look) => (
                <tr key={look.id}>
                  <td className="nowrap">
                    <Time at={look.at} now={now} zone={zone} />
                  </td>
                  <td className="mono nowrap">{look.event}</td>
                  <td className="wide wrap-anywhere">
                    <Sentence text={look.what} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Pager perPage={50} newer={newer} older={older} to={(place) => address(path, place)} />
    </Page>
  );
}
