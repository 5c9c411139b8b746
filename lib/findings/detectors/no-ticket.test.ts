import { expect, it } from "vitest";
import { factsOf, rulesOf, start } from "../testing.ts";
import { noTicket } from "./no-ticket.ts";

const at = Date.parse("2026-11-16T10:00:00Z");
const accountId = "01a20f34-9d2f-7282-a6ab-7a34d57a6101";
const words = (over: Partial<Parameters<typeof start>[0]>) => {
  const [found] = noTicket.find(
    factsOf({ starts: [start({ at, accountId, ...over })] }),
    rulesOf(),
  );
  return found ? noTicket.words(found.evidence, "UTC") : null;
};

it("finds a session without a ticket only where the category wants one", () => {
  expect(words({ needsTicket: true })).toBe(
    "1 session on 16 Nov: no ticket, though “Reproduce a fault” wants one.",
  );
  expect(words({ needsTicket: false })).toBeNull();
});

it("finds one on a closed ticket, or another customer's", () => {
  const ticket = "SUP-4821";
  expect(words({ ticket, ticketThen: { accountId, isOpen: false } })).toBe(
    "1 session on 16 Nov: SUP-4821 was closed.",
  );
  expect(words({ ticket, ticketThen: { accountId: "another", isOpen: true } })).toBe(
    "1 session on 16 Nov: SUP-4821 is another customer’s.",
  );
  expect(words({ ticket, ticketThen: { accountId, isOpen: true } })).toBeNull();
});

it("finds one that nobody knows when the session is over, where others of its kind are known", () => {
  const unknown = { ticket: "SUP-4821", ticketThen: null };
  expect(words(unknown)).toBeNull();
  expect(words({ ...unknown, ended: true, knowsTickets: false })).toBeNull();
  expect(words({ ...unknown, ended: true })).toBe(
    "1 session on 16 Nov: the help desk does not know SUP-4821.",
  );
});

it("finds the habit of naming no ticket where none is wanted: so many within any seven days", () => {
  const rules = rulesOf({ withoutTicketInAWeek: 4, ticketlessTimes: 2 });
  const on = (days: number[], over: Partial<Parameters<typeof start>[0]> = {}) =>
    days.map((day) => start({ at: at + day * 86_400_000, ...over }));
  const find = (starts: ReturnType<typeof on>, more = {}) =>
    noTicket.find(factsOf({ starts, ...more }), rules);
  expect(find(on([0, 1, 2]))).toEqual([]);
  expect(find(on([0, 2, 4, 7.1]))).toEqual([]);
  const [found, ...others] = find(on([0, 2, 4, 7]));
  expect(others).toEqual([]);
  expect(found && noTicket.words(found.evidence, "UTC")).toBe(
    "4 sessions on 16–23 Nov: no ticket, as the reason wants none.",
  );
  for (const over of [{ explained: true }, { namesTicket: true }, { isUpgrade: true }])
    expect(find(on([0, 2, 4, 6], over))).toEqual([]);
  expect(find(on([0, 2, 4, 6]), { isTicketless: () => true })).toEqual([]);
  const [first] = on([0]);
  const isDisposed = (_: string, id: string) => id === first?.id;
  expect(find([...(first ? [first] : []), ...on([2, 4, 6])], { isDisposed })).toEqual([]);
});

it("tells a ticket that does not fit and the habit as one pattern of the actor", () => {
  const rules = rulesOf({ withoutTicketInAWeek: 2 });
  const closed = {
    ticket: "SUP-4821",
    namesTicket: true,
    ticketThen: { accountId, isOpen: false },
  };
  const starts = [
    start({ at, accountId, ...closed }),
    start({ at: at + 1 }),
    start({ at: at + 2 }),
  ];
  const [found, ...others] = noTicket.find(factsOf({ starts }), rules);
  expect(others).toEqual([]);
  expect(found?.evidence.items).toHaveLength(3);
});

it("finds nothing that another ticket explains", () => {
  expect(words({ needsTicket: true, explained: true })).toBeNull();
});
