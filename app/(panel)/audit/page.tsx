import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ButtonLink } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { countAudit, readAudit } from "#lib/audit/queries.ts";
import { auditParams } from "#lib/audit/search-params.ts";
import { readOwnRunning } from "#lib/evidence/exports/queries.ts";
import { idSchema } from "#lib/kernel/ids.ts";
import { serverTime } from "#lib/kernel/server-time.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { readStaffName } from "#lib/staff/find-staff.ts";
import { may, reach } from "#lib/staff/rights.ts";
import { address } from "../_filters/address.ts";
import { ListFoot } from "../_filters/list-foot.tsx";
import { readTyped } from "../_filters/typed.ts";
import { Which } from "../_filters/which.tsx";
import { one, type Query } from "../_words/one.ts";
import { scopeSentence } from "../_words/scope-sentence.ts";
import { AuditEmpty } from "./_components/audit-empty.tsx";
import { AuditFilters } from "./_components/audit-filters.tsx";
import { AuditTable } from "./_components/audit-table.tsx";
import { auditAddress, filtersOf } from "./address.ts";
import { Running } from "./exports/_components/running.tsx";
import "./exports/exports.css";
import "./audit.css";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("read_audit");
  const query = await searchParams;
  const params = auditParams.parse(query);
  const filters = filtersOf(params);
  const typed = await readTyped(ctx, "read_audit", {
    actor: one(query.actor),
    subject: one(query.subject),
    account: one(query.account),
  });
  const [only, another] = typed?.choices ?? [];
  if (typed && only && !another) redirect(auditAddress({ ...filters, [typed.field]: only.id }));

  const far = reach(ctx.actor, "read_audit");
  const { rows, newer, older } = await readAudit(ctx, far, params);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  // Beside the first of them only: whoever goes on has read it, and need not wait for it again.
  const matches =
    isFiltered && newer === null
      ? older === null
        ? rows.length
        : await countAudit(ctx, far, params)
      : null;
  const { actor } = params;
  const foreign = actor !== undefined && !(await readStaffName(ctx, "read_audit", actor));
  const exporting = may(ctx.actor, "export_evidence");
  const running = exporting ? await readOwnRunning(ctx) : null;
  const open = idSchema.safeParse(one(query.open));
  return (
    <Page
      width="wide"
      title="Audit log"
      lead={`${scopeSentence(ctx.actor, "entries")} Each step is one entry, refusals included; no entry is ever changed.`}
      actions={
        <>
          <PrintButton />
          {exporting && (
            <>
              <ButtonLink href="/audit/exports">Exports</ButtonLink>
              <ButtonLink
                variant="primary"
                icon="download"
                href={address("/audit/export", filters)}
              >
                Export…
              </ButtonLink>
            </>
          )}
        </>
      }
    >
      {running && <Running view={running} own now={await serverTime(ctx)} here={false} />}
      <AuditFilters ctx={ctx} params={params} rows={rows} matches={matches} />
      {typed && (
        <Which typed={typed} hrefOf={(id) => auditAddress({ ...filters, [typed.field]: id })} />
      )}
      <Card flush label="Entries">
        {rows.length === 0 ? (
          <AuditEmpty far={far} foreign={foreign} filtered={isFiltered} />
        ) : (
          <AuditTable
            rows={rows}
            zone={ctx.actor.zone}
            openId={open.success ? open.data : null}
            here={{ ...filters, before: params.before, after: params.after }}
          />
        )}
      </Card>
      <ListFoot
        isEmpty={rows.length === 0}
        opens="open"
        perPage={50}
        newer={newer}
        older={older}
        to={(place) => auditAddress({ ...filters, ...place })}
      />
    </Page>
  );
}
