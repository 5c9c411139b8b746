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

it("finds nothing that another ticket explains", () => {
  expect(words({ needsTicket: true, explained: true })).toBeNull();
});
