import type { Metadata } from "next";
import { Empty } from "#components/ui/empty.tsx";
import { Page } from "#components/ui/page.tsx";
import { Confirmed } from "#components/ui/toast.tsx";
import { readTeamBreadth } from "#lib/impersonation/team-breadth.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { ForgetQuery } from "../../_components/forget-query.tsx";
import { one, type Query } from "../../_words/one.ts";
import { Agent } from "./_components/agent.tsx";

export const metadata: Metadata = { title: "How many people" };

/** For managers: who has come near the number of people that the policy lets one agent stand in for. */
export default async function BreadthPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("lift_limits");
  const lifted = one((await searchParams).lifted);
  const [agents, policy, now] = await Promise.all([
    readTeamBreadth(ctx),
    currentPolicy(ctx.db),
    serverTime(ctx),
  ]);
  const done = agents.find(({ id, lift }) => id === lifted && lift);
  const { hour, day } = policy.breadth;
  return (
    <Page
      title="How many people agents stand in for"
      lead={`Policy ${policy.version} allows each ${hour} people within an hour and ${day} within a day. From four fifths on they are here.`}
      crumbs={[{ label: "Requests", href: "/requests" }, { label: "How many people" }]}
    >
      {done && (
        <>
          <Confirmed
            id={done.id}
            text={`Lifted for ${done.name}, for 24 hours. It is on record.`}
          />
          <ForgetQuery name="lifted" />
        </>
      )}
      {agents.length === 0 ? (
        <Empty card kind="nothing" icon="check" title="Nobody is near the limit">
          Who comes to four fifths of it stands here, with what you can do.
        </Empty>
      ) : (
        <div className="stack">
          {agents.map((agent) => (
            <Agent
              key={agent.id}
              agent={agent}
              limits={policy.breadth}
              reader={ctx.actor}
              now={now}
            />
          ))}
        </div>
      )}
    </Page>
  );
}
