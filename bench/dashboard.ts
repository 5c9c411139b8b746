import { approvals, approvers } from "#lib/usage/approvals.ts";
import { deciders } from "#lib/usage/deciders.ts";
import { hours } from "#lib/usage/hours.ts";
import { periodBefore, quarterFrom } from "#lib/usage/period.ts";
import { outliers, spread } from "#lib/usage/spread.ts";
import { rawCounts } from "#lib/usage/testing.ts";
import { totals, weeks } from "#lib/usage/weeks.ts";

/** One statement of the dashboard. */
export type Asked = {
  name: string;
  text: string;
  values: unknown[];
  firstDay: string;
  lastDay: string;
};

/** What `readFigures` asks of a quarter, and `lookAtPeople` beside it, for compliance. */
export function dashboard(quarter: string): Asked[] {
  const period = quarterFrom(quarter);
  const before = periodBefore(period);
  const { firstDay, lastDay } = period;
  const kept = [firstDay, lastDay, quarter] as const;
  const of = (
    name: string,
    part: { text: () => string; params: unknown[] },
    days = period,
  ): Asked => ({ name, text: part.text(), values: part.params, ...days });
  return [
    of("weeks", weeks.part(firstDay, lastDay)),
    of("totals", totals.part(firstDay, lastDay)),
    of("totals before", totals.part(before.firstDay, before.lastDay), before),
    of("hours", hours.part(firstDay, lastDay)),
    of("accounts per agent", spread.part(...kept)),
    of("far above", outliers.part(...kept)),
    of("approvals", approvals.part(firstDay, lastDay)),
    of("approvers", approvers.part(...kept)),
    of("who approves whom", deciders.part(firstDay, lastDay, 7, 5, null, quarter)),
  ];
}

/** The same statement, with what the entries of those days add up to in the place of each rollup. */
export function overEntries(asked: Asked, zone: string): Asked {
  const at = `'${zone}'`;
  const from = `'${asked.firstDay}'::timestamp at time zone ${at}`;
  const to = `('${asked.lastDay}'::date + 1)::timestamp at time zone ${at}`;
  const entries = `e.occurred_at >= ${from} and e.occurred_at < ${to} + interval '1 hour'`;
  const raw = rawCounts(at, entries);
  const text = asked.text.replaceAll(/from (usage_(?!zone)\w+)/g, (_, name: string) => {
    const counted = raw[name]?.replace(" group by", ` and ${began(name, from, to)} group by`);
    return `from (${counted}) ${name}`;
  });
  return { ...asked, text };
}

/** A session counts for the day on which it began, an approval for that of its entry. */
const began = (name: string, from: string, to: string): string =>
  name === "usage_approvals" || name === "usage_pairs"
    ? `e.occurred_at < ${to}`
    : `s.started_at >= ${from} and s.started_at < ${to}`;
