import { expect, test } from "vitest";
import type { Deed } from "#lib/impersonation/deeds.ts";
import type { DoneIn } from "#lib/impersonation/done-in.ts";
import { placeOf } from "../../_deeds/words.ts";
import { type Summed, summaryOf } from "./summary.ts";

const startedAt = new Date("2026-11-24T10:31:00Z");
const session: Summed = {
  number: 41128,
  scope: "read",
  actor: { id: "t", name: "Teodora Quill", team: "Support Europe" },
  subject: { id: "j", externalId: "usr_1", name: "Jane Ashdown", lang: null, isOwner: false },
  account: { id: "n", externalId: "acc_1", name: "Northwind", tier: "standard", stance: "allowed" },
  product: {
    id: "p",
    name: "Ledger",
    origin: "https://ledger.test",
    environment: "demo",
    initiateLoginUri: "https://ledger.test/login",
  },
  request: {
    id: "r",
    number: 20618,
    reason: "Jane sees last month’s invoices twice.",
    reasonCategory: "bug",
    lawfulBasis: "contract",
    callerCheck: "call_back",
    ticket: "SUP-4821",
    breakGlass: false,
    minutes: 30,
    grantedMinutes: 30,
    approvalsNeeded: 0,
    sensitiveBecause: [],
    createdAt: startedAt,
    returnPath: "/",
    targetLinkUri: null,
  },
  approvedBy: [],
  startedAt,
  endedAt: new Date("2026-11-24T10:43:00Z"),
  expiresAt: new Date("2026-11-24T11:01:00Z"),
  minutes: 30,
  endCause: "actor",
  endedBy: { id: "t", name: "Teodora Quill" },
  endComment: null,
  overdue: null,
  at: new Date("2026-11-24T12:00:00Z"),
  timeline: [],
};
const none: DoneIn = {
  ...{ seconds: 720, pages: 0, data: 0, configuration: 0, messages: 0, exports: 0, refusals: 0 },
};
let seq = 0;
const deed = (over: Partial<Deed>): Deed => {
  seq += 1;
  return {
    id: String(seq),
    seq,
    phase: "view",
    effect: "view",
    method: "GET",
    route: "/invoices",
    resource: null,
    kinds: ["invoice", "client"],
    changes: null,
    refusal: null,
    status: 200,
    at: startedAt,
    doneAt: startedAt,
    entryId: "e",
    ...over,
  };
};
const write = (over: Partial<Deed>) =>
  deed({ phase: "attempt", effect: "data", method: "POST", resource: "INV-2207", ...over });

const summary = (over: Partial<Summed> = {}, done: Partial<DoneIn> = {}) =>
  summaryOf({
    session: { ...session, ...over },
    done: { ...none, ...done },
    link: "https://alongside.test/sessions/1",
    zone: "UTC",
  });
const line = (text: string, begins: string) =>
  text.split("\n").find((one) => one.startsWith(begins));

test("a session for looking, in which nothing was changed", () => {
  expect(
    summary(
      {
        timeline: [
          deed({ route: "/invoices" }),
          deed({ route: "/invoices/:number" }),
          deed({ route: "/invoices" }),
          deed({ route: "/settings", kinds: ["settings"] }),
        ],
      },
      { pages: 4 },
    ),
  ).toBe(`Looked as Jane Ashdown, Northwind (Ledger) · 12 min of 30 · SUP-4821
Teodora Quill, 24 Nov 2026, 10:31 to 10:43 UTC
Reason: “Jane sees last month’s invoices twice.”
Pages: 4 (invoices, invoice, settings)
Writes: none
Session S-41128, https://alongside.test/sessions/1`);
});

test("a session for acting: writes by effect, each with before and after, and what was refused", () => {
  const text = summary(
    {
      scope: "write",
      approvedBy: ["Runa Castellane", "Ansel Dray"],
      timeline: [
        write({ changes: [{ field: "Due", before: "1 Dec", after: "15 Dec" }] }),
        write({ changes: [{ field: "Note", before: "", after: "Thank you" }], status: 500 }),
        write({
          effect: "message",
          resource: "client 12",
          changes: [{ field: "Subject", after: "Hello" }],
        }),
        write({
          effect: "configuration",
          route: "/settings",
          resource: null,
          changes: null,
          doneAt: null,
          status: null,
        }),
        deed({ phase: "refused", effect: "credential" }),
      ],
    },
    { data: 2, configuration: 1, messages: 1, refusals: 1 },
  );
  expect(text).toContain("Acted as Jane Ashdown");
  expect(text).toContain("\nApproved by Runa Castellane and Ansel Dray\n");
  expect(text).toContain(`Writes: 2 data, 1 configuration, 1 message; 1 failed; 1 refused
Changed:
- INV-2207: Due “1 Dec” → “15 Dec”
- INV-2207: Note nothing → “Thank you” (failed)
- client 12: message sent, Subject “Hello”
- settings: configuration changed (outcome not told)
Session`);
});

test("more than one message or export is said so", () => {
  expect(line(summary({}, { messages: 2, exports: 1 }), "Writes")).toBe(
    "Writes: 2 messages, 1 export",
  );
  expect(line(summary({}, { exports: 3, refusals: 2 }), "Writes")).toBe(
    "Writes: 3 exports; 2 refused",
  );
});

test("a long list is cut, and says by how much", () => {
  const many = Array.from({ length: 24 }, (_, n) => write({ resource: `INV-${n}` }));
  const text = summary({ timeline: many }, { data: 24 });
  expect(text).toContain("- INV-11: data changed\n- and 12 more\n");
  const pages = Array.from({ length: 10 }, (_, n) => deed({ route: `/p${n}` }));
  expect(line(summary({ timeline: pages }, { pages: 10 }), "Pages")).toBe(
    "Pages: 10 (p0, p1, p2, p3, p4, p5, p6, p7 and 2 more)",
  );
  const fields = Array.from({ length: 6 }, (_, n) => ({ field: `F${n}`, after: "x".repeat(100) }));
  const [, first] = summary({ timeline: [write({ changes: fields })] }, { data: 1 }).split("- ");
  expect(first).toContain("and 2 more");
  expect(first).toContain(`F0 “${"x".repeat(79)}…”`);
});

test("who broke the glass, and who else ended it, is said", () => {
  const text = summary({
    request: { ...session.request, breakGlass: true, ticket: null },
    endCause: "manager",
    endedBy: { id: "r", name: "Runa Castellane" },
    endComment: "The ticket was\nwithdrawn",
  });
  expect(text).toContain("Break-glass: nobody had approved");
  expect(text).toContain("10:43 UTC · ended by Runa Castellane: “The ticket was withdrawn”");
  expect(line(text, "Looked")).toBe("Looked as Jane Ashdown, Northwind (Ledger) · 12 min of 30");
});

test("while it lives it says so, and counts until now", () => {
  const text = summary({ endedAt: null, endCause: null, at: new Date("2026-11-24T10:31:40Z") });
  expect(text).toContain("40 s of 30 min so far");
  expect(text).toContain("10:31 UTC, still live");
});

test("a reason of several lines cannot pass for a line of the summary", () => {
  const text = summary({ request: { ...session.request, reason: "A look\nWrites: 9 data" } });
  expect(text).toContain("Reason: “A look Writes: 9 data”");
  expect(line(text, "Writes")).toBe("Writes: none");
});

test("a page is named by what it shows", () => {
  const place = (route: string, kinds: string[] = [], resource: string | null = null) =>
    placeOf({ route, kinds, resource });
  expect(place("/")).toBe("home");
  expect(place("/invoices/:number", ["invoice", "client"])).toBe("invoice");
  expect(place("/clients/:id/message", ["client"])).toBe("clients/message");
  expect(place("/invoices/:x", [])).toBe("invoices");
  expect(place("/:x", [])).toBe("/:x");
  expect(place("/invoices/:number", ["invoice"], "INV-1")).toBe("INV-1");
});
