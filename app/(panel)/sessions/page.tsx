import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { readPast } from "#lib/impersonation/queries.ts";
import { currentStaff, requireStaff } from "#lib/platform/require-staff.ts";
import { currentPolicy } from "#lib/policy/policy.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../_filters/address.ts";
import { ListFoot } from "../_filters/list-foot.tsx";
import { readTyped } from "../_filters/typed.ts";
import { Which } from "../_filters/which.tsx";
import { ownTimeNote } from "../_words/began.ts";
import { one, type Query } from "../_words/one.ts";
import { sessionsName } from "../_words/place-names.ts";
import { scopeSentence } from "../_words/scope-sentence.ts";
import { NoneYet } from "./_components/none-yet.tsx";
import { PastFilters } from "./_components/past-filters.tsx";
import { PastTable } from "./_components/past-table.tsx";
import "./past.css";
import { idOf, pastParams } from "./search-params.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { ctx } = await currentStaff();
  return { title: ctx ? sessionsName(ctx.actor) : "Past sessions" };
}

export default async function PastPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("read_audit");
  const query = await searchParams;
  const params = pastParams.parse(query);
  const typed = await readTyped(ctx, "read_audit", { ...params, actor: one(query.actor) });
  const { actor, subject, account, from, to, tier, scope, weekday, hour } = params;
  const kept = {
    actor,
    subject: idOf(subject),
    account: idOf(account),
    from,
    to,
    tier,
    scope,
    weekday: weekday?.toString(),
    hour: hour?.toString(),
  };
  const [only, another] = typed?.choices ?? [];
  if (typed && only && !another)
    redirect(address("/sessions", { ...kept, [typed.field]: only.id }));
  const policy = await currentPolicy(ctx.db);
  const filter = { actorId: actor, subjectId: kept.subject, accountId: kept.account };
  const began = { from, to, zone: policy.zone, tier, scope, weekday, hour };
  const { rows, newer, older } = await readPast(ctx, { ...filter, ...began }, params);
  return (
    <Page
      width="wide"
      title={sessionsName(ctx.actor)}
      lead={scopeSentence(ctx.actor, "sessions")}
      actions={
        <>
          <PrintButton />
          {may(ctx.actor, "start") && (
            <ButtonLink href="/sessions/figures">Your figures</ButtonLink>
          )}
        </>
      }
    >
      <PastFilters ctx={ctx} kept={kept} zone={policy.zone} />
      {typed && (
        <Which
          typed={typed}
          hrefOf={(id) => address("/sessions", { ...kept, [typed.field]: id })}
        />
      )}
      {(weekday || hour !== undefined) && <p className="faint">{ownTimeNote}</p>}
      <Card flush label={sessionsName(ctx.actor)}>
        {rows.length === 0 ? (
          <NoneYet filtered={Object.values(kept).some(Boolean)} />
        ) : (
          <PastTable rows={rows} policy={policy} reader={ctx.actor} now={new Date()} />
        )}
      </Card>
      <ListFoot
        isEmpty={rows.length === 0}
        opens="timeline"
        perPage={30}
        newer={newer}
        older={older}
        to={(place) => address("/sessions", { ...kept, ...place })}
      />
    </Page>
  );
}
