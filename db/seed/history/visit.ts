import type { EndCause, Scope } from "#lib/vocabulary.ts";
import type { Colleague } from "./people.ts";
import { ansel, kesi, runa } from "./people.ts";
import type { Random } from "./random.ts";
import type { Deed, Visit } from "./story.ts";
import * as words from "./words.ts";

export type Stay = {
  startedAt: Date;
  scope: Scope;
  minutes: number;
  /** Seconds until it ends; how it usually is, unless they are given. */
  seconds?: number;
  cause?: EndCause;
  deeds?: Deed[];
};

const idleSeconds = 600;
const view = (route: string, ...kinds: string[]) => ({ route, kinds });
const views = [
  [view("/invoices", "invoice", "client"), 30],
  [view("/invoices/:number", "invoice", "client"), 40],
  [view("/clients", "client"), 8],
  [view("/clients/:id", "client", "invoice", "message"), 12],
  [view("/reports", "report"), 5],
  [view("/settings", "settings"), 5],
] as const;

/** How sessions end, of a hundred. */
const causes: readonly (readonly [EndCause, number])[] = [
  ["actor", 76],
  ["idle", 12],
  ["time", 4],
  ["sign_out", 3.5],
  ["customer", 1.6],
  ["manager", 1.4],
  ["product", 1],
  ["admin", 0.5],
];

/** What somebody does from the start to the end of a session. */
export function visitOf(actor: Colleague, stay: Stay, random: Random): Visit {
  const { startedAt, scope, minutes } = stay;
  const most = minutes * 60;
  const wanted = stay.cause ?? random.weighted(causes);
  const busy =
    wanted === "time"
      ? most - random.int(15, 240)
      : Math.min(stay.seconds ?? random.around(330), most * 0.8);
  const deeds =
    stay.deeds ??
    deedsWithin(Math.max(40, busy), scope, random).filter(({ after }) => after < most - 5);
  const lastAfter = deeds.at(-1)?.after ?? 3;
  const at = (seconds: number) => new Date(startedAt.getTime() + Math.round(seconds * 1000));
  const end = (seconds: number, cause: EndCause): Visit => ({
    ...{ startedAt, minutes, deeds, lastActiveAt: at(lastAfter), endedAt: at(seconds), cause },
    ...enderOf(actor, cause, random),
  });
  if (wanted === "time" || lastAfter + idleSeconds + 3 >= most) {
    if (wanted === "time" || wanted === "idle") return end(most, "time");
  }
  if (wanted === "idle") return end(lastAfter + idleSeconds + random.next() * 3, "idle");
  return end(Math.min(lastAfter + 4 + random.next() * 60, most - 1), wanted);
}

function enderOf(
  actor: Colleague,
  cause: EndCause,
  random: Random,
): { endedBy: string | null; comment: string | null } {
  if (cause === "manager")
    return {
      endedBy: actor.id === ansel ? runa : (actor.managerId ?? runa),
      comment: random.pick(words.endings.manager),
    };
  if (cause === "admin") return { endedBy: kesi, comment: random.pick(words.endings.admin) };
  // By the button in the product, most of the time: the product tells it.
  return { endedBy: cause === "actor" && random.chance(0.2) ? actor.id : null, comment: null };
}

function deedsWithin(seconds: number, scope: Scope, random: Random): Deed[] {
  const n = Math.min(14, Math.max(2, Math.round(seconds / random.int(50, 120))));
  const deeds: Deed[] = [viewed(2 + random.next() * 2, view("/invoices", "invoice", "client"))];
  let after = 3;
  for (let i = 1; i < n; i += 1) {
    after += (seconds / n) * (0.4 + random.next() * 1.2);
    deeds.push(viewed(after, random.weighted(views)));
  }
  if (scope === "read" && random.chance(0.022)) deeds.push(refused(after + 11, random));
  const writes =
    scope === "read"
      ? []
      : deeds
          .filter((_, i) => i === n - 1 || random.chance(0.12))
          .map((deed) => written(deed.after + 8 + random.next() * 14, random));
  return [...deeds, ...writes].sort((a, b) => a.after - b.after);
}

const viewed = (after: number, { route, kinds }: { route: string; kinds: string[] }): Deed => ({
  ...{ after, phase: "view", method: "GET", route, effect: "view", kinds },
});

export function written(after: number, random: Random): Deed {
  const number = invoice(random);
  const write = { after, phase: "write", method: "POST" } as const;
  return random.weighted<Deed>([
    [
      {
        ...write,
        route: "/invoices/:number",
        effect: "data",
        kinds: ["invoice"],
        resource: number,
        changes: [random.pick(words.changes)],
      },
      55,
    ],
    [
      {
        ...write,
        route: "/invoices/:number/paid",
        effect: "data",
        kinds: ["invoice"],
        resource: number,
        changes: [{ field: "State", before: "Sent", after: "Paid" }],
      },
      22,
    ],
    [
      {
        ...write,
        route: "/clients/:id/messages",
        effect: "message",
        kinds: ["client", "message"],
        resource: "client Lowick Labs",
      },
      10,
    ],
    [
      {
        ...write,
        route: "/settings",
        effect: "configuration",
        kinds: ["settings"],
        resource: "settings",
        changes: [{ field: "Payment days", before: "14", after: "30" }],
      },
      13,
    ],
  ]);
}

export const refused = (after: number, random: Random): Deed =>
  random.weighted<Deed>([
    [
      {
        after,
        phase: "refused",
        method: "POST",
        route: "/invoices/:x",
        effect: "data",
        kinds: ["invoice"],
        resource: invoice(random),
        why: "scope",
      },
      70,
    ],
    [
      {
        after,
        phase: "refused",
        method: "POST",
        route: "/settings/password",
        effect: "credential",
        kinds: [],
        why: "denied_route",
      },
      10,
    ],
    [
      {
        after,
        phase: "refused",
        method: "GET",
        route: "/reports/invoices.csv",
        effect: "export",
        kinds: ["invoice", "client"],
        resource: "all invoices",
        why: "export",
      },
      20,
    ],
  ]);

const invoice = (random: Random): string => `INV-${String(random.int(212, 2980)).padStart(4, "0")}`;
