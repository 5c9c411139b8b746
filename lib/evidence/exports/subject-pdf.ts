import type { Readable } from "node:stream";
import { pdf } from "#lib/files/pdf/pdf.ts";
import { reasonLabel } from "#lib/policy/policy.ts";
import { effects } from "#lib/vocabulary.ts";
import { basisWords, effectWords } from "#lib/vocabulary-labels.ts";
import type { Report } from "./subject-file.ts";
import type { LookUp, SubjectSession } from "./subject-history.ts";

/** The report as a document that the person reads. */
export const subjectPdf = (report: Report): Readable => {
  const { person, of, at, lookUps, expected, sessions } = report;
  const days = [of.from ?? "the beginning", of.to ?? at.toISOString().slice(0, 10)].join(" – ");
  return pdf(
    {
      title: `Report on access to the data of ${person.name}`,
      head: `Report on access to the data of ${person.name}`,
      foot: `Report of ${at.toISOString()} · for ${person.name}`,
      at,
    },
    async (paper) => {
      paper.title(
        "Who looked at your data, and why",
        `For ${person.name}, ${person.account}, in ${person.product}`,
      );
      paper.paragraph(
        `Staff can stand in for you in ${person.product}, to help you or to find a fault. This report lists each time, with its purpose, its lawful basis, the department, and the kinds of data that were seen and changed. It is made for a request under Article 15 of the General Data Protection Regulation.`,
      );
      paper.facts([
        ["Person", `${person.name}, ${person.email}`],
        ["Known as", person.externalId],
        ["Period", `${days}, in UTC${of.from ? ", with what lasted into it" : ""}`],
        ["Made", at.toISOString()],
        ["Times stood in", String(expected)],
        ["Days looked up", String(new Set(lookUps.map(({ day }) => day)).size)],
        [
          "Names of staff",
          of.names ? "Released for this report" : "Not in this report: departments stand for them",
        ],
      ]);
      paper.heading("Each time somebody stood in for you");
      await paper.table({
        caption: `${expected} ${expected === 1 ? "time" : "times"}, oldest first, times in UTC`,
        columns: [
          {
            head: "Began",
            of: (s: SubjectSession) => s.started_at.slice(0, 10),
            second: (s) => s.started_at.slice(11, 16),
            width: 1.1,
          },
          {
            head: "Purpose, lawful basis",
            of: (s) => reasonLabel(report.policy, s.category),
            second: (s) => basisWords[s.basis],
            width: 2.2,
          },
          {
            head: "By",
            of: (s) => (of.names ? s.staff : s.department),
            second: (s) => (of.names ? s.department : null),
            width: 1.7,
          },
          {
            head: "Kinds of data seen",
            of: (s) => s.kinds.join(", ") || (s.reads > 0 ? "not named by the product" : "none"),
            width: 2.1,
          },
          { head: "Changed", of: changedWords, width: 2.3 },
        ],
        rows: sessions,
        none: "Nobody stood in for you in this period.",
      });
      paper.heading("Days on which your record was looked up");
      paper.paragraph(
        "Your name, e-mail and role, and how to reach you, are seen when staff open your record.",
        "quiet",
      );
      await paper.table({
        caption: "By day and department",
        columns: [
          { head: "Day (UTC)", of: (one: LookUp) => one.day },
          { head: "Department", of: (one) => one.department, width: 3 },
          { head: "Times", of: (one) => one.times, align: "right" },
        ],
        rows: lookUps,
        none: "Nobody looked your record up in this period.",
      });
      paper.heading("How this was made");
      paper.paragraph(
        "Counted from the audit log, to which an entry is written with each step, and from which none is removed. What staff typed as a reason is left out, since it may be about others; its category stands as the purpose. A change is done when the product said so, and that it did not fail.",
      );
    },
  );
};

export function changedWords({ changes }: Pick<SubjectSession, "changes">): string {
  if (changes.length === 0) return "nothing";
  return effects
    .flatMap((effect) =>
      [true, false].map((done) => ({
        effect,
        done,
        of: changes.filter((one) => one.effect === effect && one.done === done),
      })),
    )
    .filter(({ of }) => of.length > 0)
    .map(({ effect, done, of }) => {
      const fields = [...new Set(of.flatMap((one) => [...one.fields, ...one.kinds]))];
      const times = of.length > 1 ? ` (${of.length} times)` : "";
      const what = fields.length > 0 ? `: ${fields.join(", ")}` : "";
      return `${effectWords[effect]}${times}${what}${done ? "" : " (not known to be done)"}`;
    })
    .join("; ");
}
