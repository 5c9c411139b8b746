import { ScopeMark } from "#components/marks.tsx";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { readHistory } from "#lib/impersonation/history.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { RequestView } from "#lib/requests/queries.ts";
import { givenName } from "../../_words/given-name.ts";
import { stayedWords } from "../../_words/stayed.ts";
import { Others } from "./others.tsx";

/** How often this actor was at this account, and who else was: what an approver weighs. */
export async function History({ ctx, request }: { ctx: Ctx<StaffActor>; request: RequestView }) {
  const { actor, account, subject, at } = request;
  const of = { actorId: actor.id, accountId: account.id, subjectId: subject.id };
  const history = await readHistory(ctx.db, of, at);
  const time = { now: at, zone: ctx.actor.zone } as const;
  const all = `/sessions?actor=${actor.id}&account=${account.id}`;
  return (
    <>
      <Card
        flush
        id="history"
        title={`${givenName(actor.name)} with ${account.name}`}
        aside={history.sessions > 0 && <PlainLink href={all}>All sessions</PlainLink>}
      >
        <Facts
          items={[
            {
              key: "sessions",
              n: history.sessions,
              of: (
                <>
                  sessions in <span className="nowrap">90 days</span>
                  {history.teamMedian !== null && `, team median ${history.teamMedian}`}
                </>
              ),
            },
            {
              key: "subject",
              n: history.asSubject,
              of: (
                <>
                  as {subject.name}
                  {history.lastAsSubject && (
                    <>
                      , last on <Time at={history.lastAsSubject} {...time} style="day" />
                    </>
                  )}
                </>
              ),
            },
            {
              key: "writes",
              n: history.writes,
              of: `writes, and ${history.refusals} refused attempts; ${history.findings} ${history.findings === 1 ? "finding" : "findings"} about ${givenName(actor.name)}`,
            },
          ]}
        />
        {history.recent.length > 0 && (
          <Table caption={`${actor.name}’s last sessions with ${account.name}`} className="ruled">
            <thead>
              <tr>
                <Th>When</Th>
                <Th>As</Th>
                <Th>Ticket</Th>
                <Th>Scope</Th>
                <Th numeric>Stayed</Th>
              </tr>
            </thead>
            <tbody>
              {history.recent.map((row) => (
                <tr key={row.id}>
                  <td>
                    <PlainLink href={`/sessions/${row.id}`}>
                      <Time at={row.startedAt} {...time} />
                    </PlainLink>
                  </td>
                  <td>{row.subjectName}</td>
                  <td className="mono">{row.ticket ?? "–"}</td>
                  <td>
                    <ScopeMark scope={row.scope} live={row.endedAt === null} />
                  </td>
                  <td className="n wide">{stayedWords(row, at)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <Others history={history} {...time} />
    </>
  );
}
