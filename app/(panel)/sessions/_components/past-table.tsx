import { RowKeys } from "#components/keys/row-keys.tsx";
import { EndedMark, GlassMark, ScopeMark, TierMark } from "#components/marks.tsx";
import { PairDiscs, Who } from "#components/people.tsx";
import { Time } from "#components/time.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { RowHead, Table, Th } from "#components/ui/table.tsx";
import type { SessionView } from "#lib/impersonation/session-view.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { type Policy, reasonLabel } from "#lib/policy/policy.ts";
import { endedTo } from "../../_words/ended.ts";
import { stayedWords } from "../../_words/stayed.ts";

type PastTableProps = {
  rows: readonly SessionView[];
  policy: Policy;
  reader: StaffActor;
  now: Date;
};

export function PastTable({ rows, policy, reader, now }: PastTableProps) {
  return (
    <RowKeys>
      <Table twoLines caption="Past sessions, newest first" className="past">
        <thead>
          <tr>
            <Th>Who stood in</Th>
            <Th>For</Th>
            <Th>Scope</Th>
            <Th>Reason</Th>
            <Th>Done</Th>
            <Th>Ended</Th>
            <Th sorted="descending">
              Started <Icon name="down" />
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <RowHead className="wide">
                <Who
                  disc={
                    <PairDiscs size="small" actor={row.actor.name} subject={row.subject.name} />
                  }
                  name={
                    <PlainLink className="cell" href={`/sessions/${row.id}`} data-row>
                      {row.actor.name}
                      <span className="vh"> as {row.subject.name}</span>
                    </PlainLink>
                  }
                  second={row.actor.team}
                />
              </RowHead>
              <td>
                <Who
                  lang={row.subject.lang}
                  name={row.subject.name}
                  second={
                    <>
                      {row.account.name} · <TierMark tier={row.account.tier} inline />
                    </>
                  }
                />
              </td>
              <td>
                <span className="stack justify-items-start gap-1">
                  <ScopeMark scope={row.scope} />
                  {row.request.breakGlass && <GlassMark />}
                </span>
              </td>
              <td className="hide">
                <span className="who">
                  <span>{reasonLabel(policy, row.request.reasonCategory)}</span>
                  <small>{row.request.ticket ?? "No ticket"}</small>
                </span>
              </td>
              <td className="hide">
                <span className="who num">
                  <span>
                    {row.reads} {row.reads === 1 ? "page" : "pages"}
                  </span>
                  <small>
                    {row.writes > 0 ? (
                      <strong>
                        {row.writes} {row.writes === 1 ? "write" : "writes"}
                      </strong>
                    ) : (
                      "no writes"
                    )}
                    {row.refusals > 0 && `, ${row.refusals} refused`}
                  </small>
                </span>
              </td>
              <td className="hide">
                {row.endCause && <EndedMark>{endedTo(reader.id, row.endCause, row)}</EndedMark>}
              </td>
              <td>
                <span className="who num">
                  <Time at={row.startedAt} now={now} zone={reader.zone} />
                  <small>{stayedWords(row, now)}</small>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </RowKeys>
  );
}
