import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { has } from "#lib/kernel/actor.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readAbsences, readDeciders } from "#lib/requests/delegations.ts";
import { reach } from "#lib/staff/rights.ts";
import { one, type Query } from "../../_words/one.ts";
import { Absences } from "./_components/absences.tsx";
import { AwayForm } from "./_components/away-form.tsx";
import "../../customers/_components/customers.css";

export const metadata: Metadata = { title: "Away" };

export default async function AwayPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("be_away");
  const [absences, deciders, now] = await Promise.all([
    readAbsences(ctx),
    readDeciders(ctx),
    serverTime(ctx),
  ]);
  const { actor } = ctx;
  const forOthers = reach(actor, "be_away") === "all";
  const isManager = has(actor, "manager");
  const decides = isManager || has(actor, "compliance");
  const did = done[one((await searchParams).did) ?? ""];
  const say = (
    <Card title={decides ? "Say that you are away" : "Say that somebody is away"} id="say">
      <AwayForm
        people={forOthers ? deciders.filter(({ id }) => id !== actor.id) : []}
        ownPlace={decides}
        managers={
          isManager || forOthers
            ? deciders.filter((person) => person.isManager && person.id !== actor.id)
            : []
        }
      />
    </Card>
  );
  return (
    <Page
      title={forOthers ? "Who is away" : "When you are away"}
      lead="Who is away is not asked for approvals. Where a rule wants the agent’s own manager, the delegate decides, on what is asked after you saved it."
    >
      {did && <Note role="status" icon="check" title={did} />}
      <div className="beside">
        {absences.length > 0 ? (
          <>
            <Card title="Away, now and then" id="absences" flush>
              <Absences absences={absences} now={now} reader={actor} />
            </Card>
            {say}
          </>
        ) : (
          <>
            {say}
            <Card title="Away, now and then" id="absences" flush>
              <Empty
                kind="nothing"
                icon="clock"
                level="h3"
                title={forOthers ? "Nobody was ever away" : "You were never away"}
              >
                What is saved here stays on record when it is over.
              </Empty>
            </Card>
          </>
        )}
      </div>
    </Page>
  );
}

const done: Record<string, string> = {
  given: "Saved. It counts for what is asked from now on.",
  ended: "Ended. They are asked again.",
};
