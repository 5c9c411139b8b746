import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Panel } from "#components/shell/panel.tsx";
import { sideBarHtml } from "#components/shell/side-bar-html.tsx";
import { StopBand } from "#components/shell/stop-band.tsx";
import { Time } from "#components/time.tsx";
import { readWaiting } from "#lib/findings/waiting.ts";
import { readJustEnded } from "#lib/impersonation/just-ended.ts";
import { readOwnStrip } from "#lib/impersonation/own-strip.ts";
import { readSurroundings } from "#lib/impersonation/pulse.ts";
import { readToLookAtCount } from "#lib/impersonation/to-look-at-count.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import { readTold } from "#lib/notices/inbox.ts";
import { pathHeader } from "#lib/platform/request.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { signOutAction } from "#lib/platform/sign-out-action.ts";
import { isLookingOnly } from "#lib/policy/decide.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { readProposalsWaiting } from "#lib/proposals/waiting-count.ts";
import { readOwnOpen } from "#lib/reviews/own-open.ts";
import { may } from "#lib/staff/rights.ts";
import { Follow } from "./_components/follow.tsx";
import { JustEnded } from "./_components/just-ended.tsx";
import { navGroups } from "./_components/nav-groups.ts";
import { OwnStrip } from "./_components/own-strip.tsx";
import { capital, listed } from "./_components/words.ts";
import { listOf } from "./_words/place-names.ts";
import { readSession } from "./sessions/[id]/read.ts";

/** Around the staff's pages. It authorises nothing: each page asks for its own permission first. */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const ctx = await requireStaff();
  const { actor } = ctx;
  const standsIn = may(actor, "start");
  const [surroundings, findings, reviews, proposals, toLookAt, told, live, ended, policy] =
    await Promise.all([
      readSurroundings(ctx, may(actor, "decide")),
      readWaiting(ctx),
      readOwnOpen(ctx),
      readProposalsWaiting(ctx),
      readToLookAtCount(ctx),
      readTold(ctx),
      standsIn ? readOwnStrip(ctx) : null,
      standsIn ? readJustEnded(ctx) : null,
      standsIn ? readPolicy(ctx) : null,
    ]);
  const { seen, counts, stop, now } = surroundings;
  const groups = navGroups(actor, {
    ...counts,
    findings: findings.open,
    asked: findings.asked,
    reviews: reviews.items,
    tasks: reviews.tasks,
    unread: told.unread,
    proposals,
    toLookAt,
  });
  // A prefetch has no path, and is shown nowhere as it is.
  const sent = await headers();
  const path = sent.get(pathHeader)?.split("?")[0] ?? "/";
  const isMac = /\b(Mac|iPhone|iPad)/.test(sent.get("user-agent") ?? "");
  return (
    <Panel
      nav={sideBarHtml(groups, path, await placeOfSession(actor, path))}
      keys={isMac ? "mac" : "ctrl"}
      person={{
        name: actor.name,
        second: roleAndTeam(actor),
        standsIn,
        signOut: signOutAction,
      }}
      strip={
        live &&
        policy && (
          <OwnStrip actor={actor.name} mayAct={!isLookingOnly(actor)} live={live} policy={policy} />
        )
      }
      stop={
        stop && (
          <StopBand
            by={stop.by}
            at={<Time at={stop.at} now={now} zone={actor.zone} style="clock" />}
            reason={stop.reason}
          />
        )
      }
    >
      <Follow seen={{ ...seen, told: told.word }} />
      {children}
      {ended && !live && <JustEnded session={ended} />}
    </Panel>
  );
}

/** The list in which the session of an address stands; the page has read it for its crumbs all the same. */
async function placeOfSession(actor: StaffActor, path: string): Promise<string | undefined> {
  const id = /^\/sessions\/([^/]+)$/.exec(path)?.[1];
  // What fails there is the page's to say.
  const session = id ? await readSession(id).catch(() => null) : null;
  return session
    ? listOf(actor, session.endedAt === null && session.overdue === null).href
    : undefined;
}

/** "Agent, Europe"; "Compliance" where the team says the same. */
function roleAndTeam({ roles, team }: StaffActor): string {
  const held = capital(listed(roles));
  const place = team.replace("Support ", "");
  return place === held ? held : `${held}, ${place}`;
}
