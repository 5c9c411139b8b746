import type { Metadata } from "next";
import { Empty } from "#components/ui/empty.tsx";
import { Note } from "#components/ui/note.tsx";
import { Page } from "#components/ui/page.tsx";
import { PrintButton } from "#components/ui/print-button.tsx";
import { readPeriod } from "#lib/evidence/controls/period.ts";
import { lookAtExposure, placeSchema } from "#lib/evidence/look-at-exposure.ts";
import { requireStaff } from "#lib/platform/require-staff.ts";
import { may } from "#lib/staff/rights.ts";
import { address } from "../_filters/address.ts";
import { Which } from "../_filters/which.tsx";
import { one, type Query } from "../_words/one.ts";
import { Ask } from "./_components/ask.tsx";
import { Found } from "./_components/found.tsx";
import { readAsked } from "./search-params.ts";
import { readWhose } from "./whose.ts";
import "./exposure.css";

export const metadata: Metadata = { title: "Exposure" };

/** After an incident: whom somebody reached, and what a notice to the authority needs. Each look is an entry. */
export default async function ExposurePage({ searchParams }: { searchParams: Query }) {
  const ctx = await requireStaff("see_exposure");
  const query = await searchParams;
  const asked = readAsked(query);
  const { of, errors } = asked;
  // Nothing asked yet: this quarter up to today, as under Evidence.
  const { firstDay, lastDay } = await readPeriod(ctx, {});
  const chosen =
    query.whose === undefined ? { ...asked.chosen, from: firstDay, to: lastDay } : asked.chosen;
  const { products, whose, typed } = await readWhose(ctx, chosen.whose);
  const hrefOf = (id: string) => address("/exposure", { ...chosen, whose: id });
  const after = placeSchema.parse(one(query.after)) ?? null;
  const found = of && (await lookAtExposure(ctx, of, after));
  return (
    <Page
      width="wide"
      title="Exposure"
      lead="After an incident: which people, accounts and kinds of data one actor reached, or all of them in one product. Each look is an entry."
      actions={found?.ok && <PrintButton />}
    >
      <Ask products={products} whose={whose} chosen={chosen} errors={errors} />
      {/* Even one choice is left to the reader: to look at somebody is on record. */}
      {typed && <Which typed={typed} hrefOf={hrefOf} />}
      {!of && Object.keys(errors).length === 0 && (
        <Empty card kind="nothing" icon="search" title="Choose whose traces, and the days">
          You see how many people and accounts were reached, which kinds of data, what was changed
          and exported, and a paragraph for the notice that is due within 72 hours.
        </Empty>
      )}
      {found && !found.ok && <Note tone="problem" title={found.error.message} />}
      {of && found?.ok && (
        <Found
          found={found.value}
          of={of}
          exporting={may(ctx.actor, "export_evidence")}
          here={{ ...chosen, ...(after ? { after } : {}) }}
        />
      )}
    </Page>
  );
}
