import { RowKeys } from "#components/keys/row-keys.tsx";
import { RequestMark, ScopeMark, TierMark } from "#components/marks.tsx";
import { Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import { Page } from "#components/ui/page.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { PageInput } from "#lib/kernel/keyset.ts";
import { againPath } from "#lib/requests/again-path.ts";
import { type RequestView, readOwnRequests } from "#lib/requests/queries.ts";
import { address } from "../../_filters/address.ts";
import { minutesWords } from "../words.ts";

/** What an agent has asked for, newest first. */
export async function OwnRequests({ ctx, ...input }: { ctx: Ctx<StaffActor> } & PageInput) {
  const { rows, newer, older } = await readOwnRequests(ctx, input);
  return (
    <Page
      width="wide"
      title="My requests"
      lead="What you asked for. Answers appear here by themselves."
    >
      <Card flush label="My requests">
        {rows.length === 0 ? (
          <Empty
            kind="nothing"
            title="No requests yet"
            action={<ButtonLink href="/">Search a person</ButtonLink>}
          >
            When you ask to stand in for somebody, it stands here: waiting, granted or denied, and
            why.
          </Empty>
        ) : (
          <RowKeys>
            <Table twoLines caption="Your requests, newest first">
              <thead>
                <tr>
                  <Th>For</Th>
                  <Th>Status</Th>
                  <Th>Scope</Th>
                  <Th>Ticket</Th>
                  <Th sorted="descending">
                    Asked <Icon name="down" />
                  </Th>
                  <Th numeric>Request</Th>
                  <Th>
                    <span className="vh">What now</span>
                  </Th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <OwnRow key={row.id} request={row} zone={ctx.actor.zone} />
                ))}
              </tbody>
            </Table>
          </RowKeys>
        )}
      </Card>
      {rows.length > 0 && (
        <div className="row between">
          <KeyHints
            hints={[
              { keys: ["J", "K"], does: "move" },
              { keys: ["↵"], does: "request" },
            ]}
          />
          <Pager
            perPage={30}
            newer={newer}
            older={older}
            to={(place) => address("/requests", place)}
          />
        </div>
      )}
    </Page>
  );
}

function OwnRow({ request, zone }: { request: RequestView; zone: string }) {
  const { subject, account } = request;
  return (
    <tr>
      <RowHead className="wide">
        <Who
          lang={subject.lang}
          name={
            <PlainLink className="cell" href={`/requests/${request.id}`} data-row>
              {subject.name}
            </PlainLink>
          }
          second={
            <>
              {account.name} · <TierMark tier={account.tier} inline />
            </>
          }
        />
      </RowHead>
      <td>
        <RequestMark status={request.status} />
      </td>
      <td>
        <span className="row tight">
          <ScopeMark scope={request.scope} />
          {minutesWords(request)}
        </span>
      </td>
      <td className="hide mono">{request.ticket ?? "–"}</td>
      <td>
        <Time at={request.createdAt} now={request.at} zone={zone} />
      </td>
      <td className="n hide mono">{requestNumber(request.number)}</td>
      <td>
        <WhatNow request={request} />
      </td>
    </tr>
  );
}

/** What may start leads to its Start; what is over fills the form once more. */
function WhatNow({ request }: { request: RequestView }) {
  if (request.status === "pending") return null;
  return request.status === "granted" ? (
    <PlainLink
      className="sm nowrap"
      href={`/requests/${request.id}`}
      aria-label={`Start ${requestNumber(request.number)}`}
    >
      Start…
    </PlainLink>
  ) : (
    <PlainLink
      className="sm nowrap"
      href={againPath({ subjectId: request.subject.id, requestId: request.id })}
      aria-label={`Again: ${requestNumber(request.number)}, with what you answered then`}
    >
      Again
    </PlainLink>
  );
}
