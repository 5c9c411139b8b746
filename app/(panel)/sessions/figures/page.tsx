import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { idSchema } from "#lib/kernel/ids.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readPolicy } from "#lib/policy/policy.ts";
import { lookAtPerson } from "#lib/usage/look-at-person.ts";
import { peersOf } from "#lib/usage/peers.ts";
import { periodBefore, quarterWith } from "#lib/usage/period.ts";
import { daysWords } from "../../_words/began.ts";
import { one, type Query } from "../../_words/one.ts";
import { listOf } from "../../_words/place-names.ts";
import "./figures.css";
import { PersonTable } from "./_components/person-table.tsx";

export const metadata: Metadata = { title: "Figures of one person" };

/** The reader's own figures, or those of somebody whose they are to see. */
export default async function FiguresPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("read_audit");
  const asked = idSchema.safeParse(one((await searchParams).person));
  const staffId = asked.success ? asked.data : ctx.actor.id;
  const own = staffId === ctx.actor.id;
  const [policy, now] = await Promise.all([readPolicy(ctx), serverTime(ctx)]);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: policy.zone }).format(now);
  const quarter = quarterWith(today);
  const before = periodBefore(quarter);
  const look = await lookAtPerson(ctx, staffId, [quarter, before]);
  if (!look.ok) notFound();
  const { name, team, figures } = look.value;
  const peers = await peersOf(ctx.db, { staffId, role: "agent", team }, quarter);
  return (
    <Page
      title={own ? "Your figures" : `Figures of ${name}`}
      crumbs={[listOf(ctx.actor, false), { label: "Figures" }]}
      lead={
        own
          ? "What the log says of you: you, your manager and compliance see it, and each look is an entry."
          : `What the log says of ${name}. That you looked is an entry.`
      }
      actions={<PrintButton />}
    >
      <Card
        flush
        id="quarter"
        title={`${daysWords(quarter.firstDay, quarter.lastDay)}, so far`}
        footer={
          <span className="sm faint">
            {peers
              ? `Peers are the ${peers.people} other agents of ${team}; eight of ten lie between the two numbers.`
              : `Fewer than five other agents in ${team}: a comparison would tell who did what.`}
          </span>
        }
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section className="person-figures scrolls" aria-label="Figures" tabIndex={0}>
          <PersonTable figures={figures} before={before} peers={peers} />
        </section>
      </Card>
    </Page>
  );
}
