import type { Metadata } from "next";
import { RowKeys } from "#components/keys/row-keys.tsx";
import { HeldList, Refresh } from "#components/polling.tsx";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { AddChip, Chip } from "#components/ui/filters.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { Table, Th } from "#components/ui/table.tsx";
import { countLive, readLive } from "#lib/impersonation/queries.ts";
import { currentStaff, requireStaff } from "#lib/platform/require-staff.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { address } from "../../_filters/address.ts";
import { one, type Query } from "../../_words/one.ts";
import { EndedToast } from "../_components/ended-toast.tsx";
import { LiveRow } from "./_components/live-row.tsx";
import { NobodyLive } from "./_components/nobody-live.tsx";
import "./live.css";

export async function generateMetadata(): Promise<Metadata> {
  const { ctx } = await currentStaff();
  const live = ctx ? await countLive(ctx) : 0;
  return { title: live > 0 ? `(${live}) Live sessions` : "Live sessions" };
}

export default async function LivePage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_live");
  const query = await searchParams;
  const { actor: reader } = ctx;
  const [{ rows, at }, policy] = await Promise.all([readLive(ctx), currentPolicy(ctx.db)]);
  const filter = {
    team: one(query.team) === "mine" ? "mine" : null,
    scope: one(query.scope) === "write" ? "write" : null,
  };
  const inTeam = rows.filter(({ actor }) => actor.team === reader.team);
  const acting = rows.filter(({ scope }) => scope === "write");
  const shown = rows.filter(
    (row) => (!filter.team || inTeam.includes(row)) && (!filter.scope || acting.includes(row)),
  );
  const ending = one(query.end);
  const all = reach(reader, "see_live") === "all";
  const to = (more: Record<string, string | null>) =>
    address("/sessions/live", { ...filter, ...more });
  return (
    <Page
      width="wide"
      title={all ? "Live sessions" : "My live session"}
      lead={`${all ? `${rows.length} live. ` : ""}This list follows by itself; a session that is ended is refused its next write at once and its next page within 5 s.`}
      actions={
        <p className="row tight xs faint">
          <Icon name="live" /> up to date,{" "}
          <Time at={at} now={at} zone={reader.zone} style="seconds" />
        </p>
      }
    >
      <Refresh pulse="/sessions/live/pulse" />
      <EndedToast number={one(query.ended)} />
      {all && (rows.length > 0 || filter.team || filter.scope) && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form; these are links
        <div className="row" role="group" aria-label="Filters">
          {filter.team ? (
            <Chip field="Team" without={to({ team: null })}>
              {reader.team}
            </Chip>
          ) : (
            <AddChip href={to({ team: "mine" })}>
              {reader.team} ({inTeam.length})
            </AddChip>
          )}
          {filter.scope ? (
            <Chip field="Scope" without={to({ scope: null })}>
              Acting only
            </Chip>
          ) : (
            <AddChip href={to({ scope: "write" })}>Acting only ({acting.length})</AddChip>
          )}
        </div>
      )}
      {ending && !rows.some(({ id }) => id === ending) && (
        <Note role="status" title="The session that you were about to end is over already." />
      )}
      {shown.length === 0 ? (
        <NobodyLive all={all} clear={rows.length > 0 ? "/sessions/live" : null} />
      ) : (
        <RowKeys>
          <Card flush label="Live sessions">
            <HeldList key={one(query.ended)} ids={shown.map(({ id }) => id)}>
              <Table twoLines caption="Live sessions, soonest end last" className="live">
                <thead>
                  <tr>
                    <Th>Who stands in</Th>
                    <Th>For</Th>
                    <Th>Scope</Th>
                    <Th>Reason</Th>
                    <Th>Doing now</Th>
                    <Th>Done</Th>
                    <Th sorted="descending">
                      Time left <Icon name="down" />
                    </Th>
                    <Th hidden>End</Th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((session) => (
                    <LiveRow
                      key={session.id}
                      session={session}
                      reader={reader}
                      policy={policy}
                      at={at}
                      ending={ending === session.id}
                      ways={
                        may(reader, "end_session")
                          ? { ask: to({ end: session.id }), keep: to({}) }
                          : null
                      }
                    />
                  ))}
                </tbody>
              </Table>
            </HeldList>
          </Card>
        </RowKeys>
      )}
      {shown.length > 0 && (
        <KeyHints
          hints={[
            { keys: ["J", "K"], does: "move" },
            { keys: ["↵"], does: "timeline" },
            ...(may(reader, "end_session") ? [{ keys: ["E"], does: "end…" }] : []),
          ]}
        />
      )}
    </Page>
  );
}
