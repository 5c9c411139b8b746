import { createElement as h } from "react";
import { expect, test, vi } from "vitest";
import { written } from "#components/written.ts";
import type { StaffActor } from "#lib/kernel/actor.ts";
import type { Closing } from "#lib/reviews/closing.ts";
import type { Item } from "#lib/reviews/item.ts";
import { Aside } from "./aside.tsx";

vi.mock("next/link", () => ({ default: "a" }));
vi.mock("#components/ui/told.tsx", () => ({ Told: "div" }));
vi.mock("./decide-form.tsx", () => ({ DecideForm: () => "The form" }));
vi.mock("./hand-on-form.tsx", () => ({ HandOnForm: () => "To another" }));
vi.mock("./except-form.tsx", () => ({ ExceptForm: () => "An exception" }));

const now = new Date("2026-11-28T12:00:00Z");
const item: Item = {
  ...{ id: "i", number: 3, grantId: "g", personId: "p", name: "Ansel Ode", email: "a@b.test" },
  ...{ team: "Support", kind: "person", status: "active", managerId: "m", managerName: "Mia" },
  ...{ role: "agent", scopes: [], privileged: false, source: "panel", grantedAt: now },
  ...{ grantedBy: null, grantedByName: null, endedAt: null, lastUsedAt: null, sessions: 0 },
  ...{ openFindings: 0, reviewerId: "r", reviewerHow: "manager", reviewerName: "Mia" },
  ...{ decisionId: null, decision: null, remediatedAt: null, lookingOnly: false },
  ...{ revokedAt: null, revokedByName: null, excepted: false },
  campaign: {
    ...{ id: "c", slug: "2026-q3", firstDay: "2026-07-01", lastDay: "2026-09-30", seed: 1 },
    ...{ startsAt: now, endsAt: now, throughAt: now, dueAt: now, status: "open", zone: "UTC" },
  },
};
const closing: Closing = {
  ...{ id: "k", campaignId: "c", closerId: "q", closerName: "Mirela", statement: "Settled." },
  ...{ ownerEmail: null, expiresOn: null, at: now, entryId: "e", policy: "14" },
  ...{ stoppedAt: null, stoppedWhy: null },
};
const reader: StaffActor = {
  ...{ kind: "staff", id: "r", name: "Mia", email: "m@b.test", roles: ["manager"] },
  ...{ team: "Support", zone: "UTC", signInId: "s", authTime: null, acr: null },
};

const shown = (given: { item?: Item; closing?: Closing | null; readerId?: string }) =>
  written(
    h(Aside, {
      ...{ item, closing: null, conflict: null, sample: { opened: 0, size: 0 }, seconds: 4 },
      ...{ exceptionDays: 14, since: null, givenOn: null, handOnTo: [], isLastAdmin: false },
      ...{ now, zone: "UTC", ...given },
      reader: { ...reader, id: given.readerId ?? reader.id },
    }),
  );

test("while its review is being closed nobody is offered to decide, hand on or except", () => {
  expect(shown({})).toContain("The form");
  for (const decision of [null, "keep"] as const)
    for (const readerId of ["r", "another"]) {
      const html = shown({ item: { ...item, decision }, closing, readerId });
      expect(html).toContain("Nobody decides any more");
      expect(html).not.toMatch(/The form|To another|An exception/);
    }
});
