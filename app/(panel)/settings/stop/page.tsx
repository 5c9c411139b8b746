import type { Metadata } from "next";
import { Time } from "#components/time.tsx";
import { Card } from "#components/ui/card.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { readGlobalStop } from "#lib/impersonation/global-stop.ts";
import { countLive } from "#lib/impersonation/queries.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { StopForm } from "./_components/stop-form.tsx";

export const metadata: Metadata = { title: "Global stop" };

export default async function StopPage() {
  const ctx = await requireStaff("see_settings");
  const [stop, live, now] = await Promise.all([
    readGlobalStop(ctx.db),
    countLive(ctx),
    serverTime(ctx),
  ]);
  const sessions = live === 1 ? "One session is live." : `${live || "No"} sessions are live.`;
  return (
    <Page
      width="form"
      title="Global stop"
      lead="For the worst day: every session ends at once, and nobody can start one until it is lifted."
    >
      {stop ? (
        <Note icon="stop" title="Standing in is stopped">
          <p>
            By {stop.by}, at <Time at={stop.at} now={now} zone={ctx.actor.zone} style="clock" />: “
            {stop.reason}”. What was ended stays ended when it is lifted.
          </p>
        </Note>
      ) : (
        <Note role="status" title="Standing in goes on as usual">
          {sessions}
        </Note>
      )}
      {may(ctx.actor, "change_settings") ? (
        <Card title={stop ? "Lift it" : "Stop everything"} id="stop">
          <StopForm key={stop?.id ?? "none"} stopId={stop?.id ?? null} />
        </Card>
      ) : (
        <p className="sm soft">An admin stops and lifts.</p>
      )}
    </Page>
  );
}
