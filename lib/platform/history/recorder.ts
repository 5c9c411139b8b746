import type { Database } from "#db/client.ts";
import type { Colleague } from "#db/seed/history/people.ts";
import { rolesAt } from "#db/seed/history/people.ts";
import { type Entry, type EntryRow, entryRow } from "#lib/audit/record.ts";
import type { Actor, ProductActor, StaffActor } from "#lib/kernel/actor.ts";
import type { Ctx } from "#lib/kernel/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Policy } from "#lib/policy/policy.ts";

/** An entry and when it was made, to the microsecond: those of one moment keep their order. */
export type PastEntry = EntryRow & { occurred_at: string };
/** Rows of one table, by the names of its columns. */
export type Rows = Record<string, unknown>[];
export type Tables = Record<
  | "requests"
  | "approvals"
  | "sessions"
  | "tokens"
  | "actions"
  | "session_reviews"
  | "session_reviews_due"
  | "staff_sign_ins"
  | "staff"
  | "staff_roles"
  | "tickets"
  | "ticket_past",
  Rows
>;

/** What is put on record, before any of it is written. */
export type Recorder = ReturnType<typeof recorder>;

export function recorder(
  db: Database,
  colleagues: readonly Colleague[],
  product: ProductActor,
  policy: Policy,
) {
  const entries: PastEntry[] = [];
  const tables: Tables = {
    ...{ requests: [], approvals: [], sessions: [], tokens: [], actions: [] },
    ...{ staff_sign_ins: [], staff: [], staff_roles: [], tickets: [], ticket_past: [] },
    ...{ session_reviews: [], session_reviews_due: [] },
  };
  const byId = new Map(
    colleagues.map((one, index) => [one.id, { ...one, from: seatOf(one, index) }]),
  );
  let last = "";
  let within = 0;

  /** Keeps an entry that is made already; gives its id. */
  function keep(at: Date, row: EntryRow): string {
    const moment = at.toISOString();
    within = moment === last ? within + 1 : 0;
    last = moment;
    entries.push({
      ...row,
      occurred_at: moment.replace("Z", `${String(within).padStart(3, "0")}Z`),
    });
    return row.id;
  }

  const somebody = (id: string) => {
    const found = byId.get(id);
    if (!found) throw new Error("Not of the staff");
    return found;
  };
  /** Somebody of the staff as they were then. */
  function staffAt(id: string, at: Date, signInId = ""): Ctx<StaffActor> {
    const { name, email, team, zone, from, ...rest } = somebody(id);
    const actor = {
      kind: "staff",
      id,
      name,
      email,
      team,
      zone,
      roles: rolesAt(rest, at),
      signInId,
      authTime: null,
      acr: null,
    } as const;
    return { db, actor, ...from, requestId: newId() };
  }
  /** Who could decide on a request then. */
  const managersAt = (at: Date) =>
    colleagues.filter(
      (one) => rolesAt(one, at).includes("manager") && !(one.leftAt && one.leftAt <= at),
    );
  const byWorker: Ctx = {
    ...{ db, actor: { kind: "system", part: "worker" }, ip: null, userAgent: null },
    requestId: newId(),
  };
  const byProduct: Ctx<ProductActor> = {
    ...{ db, actor: product, ip: "127.0.0.1", userAgent: "node", requestId: newId() },
  };
  const note = (at: Date, ctx: Ctx<Actor>, entry: Entry): string => keep(at, entryRow(ctx, entry));
  return {
    entries,
    tables,
    product,
    policy,
    keep,
    note,
    somebody,
    staffAt,
    managersAt,
    byWorker,
    byProduct,
  };
}

/** Where somebody sits: addresses for documentation (RFC 5737). */
function seatOf({ team }: Colleague, index: number) {
  const net = team.endsWith("Americas") ? "203.0.113" : "198.51.100";
  return { ip: `${net}.${20 + index}`, userAgent: browsers[index % browsers.length] ?? null };
}

const browsers = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
];
