import { createElement as h } from "react";
import { expect, test, vi } from "vitest";
import { written } from "#components/written.ts";
import type { Campaign } from "#lib/reviews/campaigns.ts";
import type { ToDispose } from "#lib/reviews/findings-to-dispose.ts";
import { noProgress } from "#lib/reviews/progress.ts";
import { DecidedCard } from "../_components/decided-card.tsx";
import { PopulationCard } from "../_components/population-card.tsx";
import { WaitingCard } from "../_components/waiting-card.tsx";
import { FindingsToDispose } from "./_components/findings-to-dispose.tsx";

// What a browser runs is not there outside Next, and in no card.
vi.mock("next/link", () => ({ default: "a" }));

/* The cards of the dashboard in every state: each can be written, and says what it has to. */

const now = new Date("2026-11-28T12:00:00Z");
const campaign: Campaign = {
  ...{ id: "c", slug: "2026-q3", firstDay: "2026-07-01", lastDay: "2026-09-30", zone: "UTC" },
  ...{ startsAt: now, endsAt: now, throughAt: now, openedAt: now, openedBy: null, dueAt: now },
  ...{ seed: 1, policyVersion: 1, openedEntryId: "e", closedAt: null, closedBy: null },
  ...{ statement: null, closedEntryId: null, place: "", status: "open" },
  counts: { grants: 9, people: 8, deactivated: 1, service: 1, dormant: 2, ended: 1, byRole: {} },
};
const closed: Campaign = { ...campaign, status: "closed" };
const progress = {
  ...{ ...noProgress, items: 1200, keep: 3, change: 2, revoke: 1, proved: 1, excepted: 4 },
  ...{ ended: 5, gone: 6, open: 7, late: 8, unassigned: 2, nobodys: 3 },
};

test("how far it is: each part by its word, with the way to its items", () => {
  const html = written(h(DecidedCard, { campaign, progress, now, own: false }));
  for (const part of ["3 keep", "2 change", "1 revoke", "4 excepted", "7 open", "8 late"])
    expect(html).toContain(`${part}</a>`);
  expect(html).toContain("aria-label='3 keep, 2 change, 1 revoke, 4 excepted, 7 open, 8 late'");
  expect(html).toContain("<a data-soft='' href='/reviews/2026-q3/list?state=keep'>");
  expect(html).toContain("of 1&#160;189, due <time");
  expect(
    written(h(DecidedCard, { campaign: closed, progress: noProgress, now, own: true })),
  ).toContain("Nothing to decide");
});

test("the population, with the roster or without", () => {
  const agreement = { inBoth: 5, onlyHere: 2, differ: 1 };
  expect(written(h(PopulationCard, { campaign, agreement, all: true }))).toContain(
    "5 are in the company&#8217;s roster too; 2 not in the roster, 1 with another status. <a",
  );
  expect(written(h(PopulationCard, { campaign: closed, agreement: null, all: false }))).toContain(
    "It was not held against",
  );
});

test("on whom it waits, whatever they are called", () => {
  const one = {
    ...{ reviewerId: "r", name: "<b>Zoë</b>", able: false, deactivated: true },
    ...{ decided: 1, toDecide: 4, open: 3, late: 2, seconds: 9, most: 50, remindedAt: null },
  };
  const able = { ...one, reviewerId: "s", name: "Ansel", able: true, most: 1 };
  const reviewers = { progress, first: [one, able], fastest: [one, able], of: 12 };
  const given = { campaign, reviewers, unassigned: 2, rushed: 40, runs: true };
  const html = written(h(WaitingCard, given));
  expect(html).toContain("&#60;b&#62;Zo&#235;&#60;/b&#62;");
  expect(html).not.toContain("<b>");
  for (const words of [
    "50 decided within a minute",
    "is deactivated: hand on",
    "2 late",
    "2 without",
  ])
    expect(html).toContain(words);
  expect(html).toContain("All 12 reviewers: remind, hand on");
});

test("findings to dispose of: late or in time, and none", () => {
  const row: ToDispose["rows"][number] = {
    ...{ number: 208, detector: "many_accounts", explanation: "It was <much>", actor: "Ansel" },
    ...{ keeper: null, dueAt: new Date("2026-11-20T12:00:00Z") },
  };
  const period = { firstDay: "2026-07-01", lastDay: "2026-09-30" };
  const rows = [row, { ...row, number: 209, keeper: "Mirela", dueAt: new Date("2026-12-20") }];
  const html = written(
    h(FindingsToDispose, { found: { rows, open: 9, late: 1 }, period, now, zone: "UTC" }),
  );
  expect(html).toContain("href='/findings/F-208'");
  expect(html).toContain("8 days late");
  expect(html).toContain("<th scope='col' aria-sort='ascending'>Due</th>");
  expect(html).toContain("It was &#60;much&#62;");
  expect(
    written(
      h(FindingsToDispose, { found: { rows: [], open: 0, late: 0 }, period, now, zone: "UTC" }),
    ),
  ).toContain("Nothing to dispose of");
});
