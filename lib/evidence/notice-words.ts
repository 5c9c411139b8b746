import type { ExposureOf } from "./exports/schemas.ts";
import type { Exposure } from "./look-at-exposure.ts";

/**
 * What a notice to the authority within 72 hours says of persons and records (GDPR Art. 33(3)(a)), as far as the log knows
 * it. Numbers are those of the log: what was seen in the product outside a session is not in it.
 */
export function noticeWords(
  { name, totals, kinds, beside }: Exposure,
  { of, from, to }: ExposureOf,
): string {
  const who = of === "actor" ? `${name}, a member of staff,` : `Staff who stood in in ${name}`;
  const when =
    from === to ? `On ${from} (UTC)` : `Between ${from} and ${to} (UTC, both days included)`;
  const many = (n: number, one: string, more: string) => `${n} ${n === 1 ? one : more}`;
  const named = kinds.map(
    ({ kind, subjects }) => `${kind} (${many(subjects, "person", "persons")})`,
  );
  return [
    `${when} ${of === "actor" ? who : who.replace(/^./, (letter) => letter.toLowerCase())} had access to personal data of ${many(totals.subjects, "person", "persons")} of ${many(totals.accounts, "customer", "customers")}, in ${many(totals.sessions, "session", "sessions")}, of which ${totals.acting} allowed changes.`,
    `Approximate number of data subjects: ${totals.subjects}. Categories of data subjects: users of business customers.`,
    `Approximate number of records: ${many(totals.resources, "record", "records")} opened by name, in ${many(totals.reads, "read", "reads")}; ${many(totals.writes, "change", "changes")}, of which ${many(totals.exports, "export", "exports")} of data out of the product; ${many(totals.refused, "attempt", "attempts")} refused.`,
    named.length > 0
      ? `Categories of data: ${named.join(", ")}.`
      : "Categories of data: none named by the product.",
    ...(beside && beside.opened + beside.taken > 0
      ? [
          `Outside of sessions: the records of ${many(beside.opened, "person", "persons")} (name, e-mail, role, how to reach them) were opened in Alongside, ${many(beside.times, "time", "times")}, and ${many(beside.taken, "file", "files")} of its records taken out.`,
        ]
      : []),
  ].join("\n\n");
}
