import { RowKeys } from "#components/keys/row-keys.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { KeyHints } from "#components/ui/kbd.tsx";
import { Pager } from "#components/ui/pager.tsx";
import { type Of, readChanged } from "#lib/impersonation/changed.ts";
import { readPast } from "#lib/impersonation/queries.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import type { PageInput } from "#lib/kernel/keyset.ts";
import { readCameToNothing } from "#lib/requests/queries.ts";
import { reach } from "#lib/staff/rights.ts";
import { type Customer, noneOf, titleOf } from "./before-words.ts";
import { CameToNothing } from "./came-to-nothing.tsx";
import { ChangedList } from "./changed-list.tsx";
import { Past } from "./past.tsx";
import { type Show, type ShowParams, showing } from "./show-params.ts";

export type BeforeProps = { ctx: Ctx<StaffActor>; customer: Customer; now: Date };

export const ofCustomer = ({ kind, id }: Customer): Of =>
  kind === "person" ? { subjectId: id } : { accountId: id };

const perPage: Record<Show, number> = { sessions: 30, changes: 10, requests: 30 };

type BeforePageProps = BeforeProps & { path: string; show: Show; params: ShowParams };

/** One part of a customer's past by itself, page by page: as far as the reader may see it. */
export async function BeforePage({ path, show, params, ...of }: BeforePageProps) {
  const { rows, newer, older, list } = await readPart(of, show, params, perPage[show]);
  const far = reach(of.ctx.actor, "read_audit");
  const none = noneOf(show, of.customer, far);
  return (
    <RowKeys>
      <div className="stack">
        <Card flush id="before" title={titleOf(show, of.customer, far)}>
          {rows === 0 ? (
            <Empty kind="nothing" icon="list" level="h3" title={none.title}>
              {none.body}
            </Empty>
          ) : (
            list
          )}
        </Card>
        <div className="row between">
          {rows > 0 && (
            <KeyHints
              hints={[
                { keys: ["J", "K"], does: "move" },
                { keys: ["↵"], does: show === "requests" ? "request" : "session" },
              ]}
            />
          )}
          <Pager
            perPage={perPage[show]}
            newer={newer}
            older={older}
            to={(place) => showing(path, show, place)}
          />
        </div>
      </div>
    </RowKeys>
  );
}

/** A page of one part, and how it is shown. */
export async function readPart(
  { ctx, customer, now }: BeforeProps,
  show: Show,
  place: PageInput,
  limit: number,
) {
  const { actor } = ctx;
  const caption = titleOf(show, customer, reach(actor, "read_audit"));
  const shared = { now, zone: actor.zone, names: customer.kind === "account" };
  const of = ofCustomer(customer);
  switch (show) {
    case "sessions": {
      const page = await readPast(ctx, of, place, limit);
      const list = <Past {...shared} caption={caption} sessions={page.rows} actorId={actor.id} />;
      return { ...page, rows: page.rows.length, list };
    }
    case "changes": {
      const page = await readChanged(ctx, of, place, limit);
      const list = <ChangedList {...shared} rows={page.rows} actorId={actor.id} />;
      return { ...page, rows: page.rows.length, list };
    }
    case "requests": {
      const page = await readCameToNothing(ctx, of, place, limit);
      const list = (
        <CameToNothing {...shared} caption={caption} requests={page.rows} reader={actor} />
      );
      return { ...page, rows: page.rows.length, list };
    }
  }
}
