import { reasonLabel } from "#lib/policy/policy.ts";
import { basisWords } from "#lib/vocabulary-labels.ts";
import type { Report } from "./subject-file.ts";

/** The report as data, `alongside.subject-report/1`: docs/evidence.md says what each member is. Written as it is read. */
export async function* subjectJson(report: Report): AsyncGenerator<string> {
  const { person, of, at, policy, lookUps, sessions } = report;
  const head = {
    schema: "alongside.subject-report/1",
    made_at: at.toISOString(),
    person: {
      id: person.externalId,
      name: person.name,
      email: person.email,
      account: person.account,
      product: person.product,
    },
    period: { from: of.from ?? null, to: of.to ?? null },
    staff_names: of.names,
    looked_up: lookUps.map(({ day, department, times }) => ({ day, department, times })),
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "sessions": [`;
  let separator = "\n    ";
  for await (const session of sessions) {
    yield separator +
      JSON.stringify({
        started_at: session.started_at,
        ended_at: session.ended_at,
        purpose: { category: session.category, words: reasonLabel(policy, session.category) },
        lawful_basis: { basis: session.basis, words: basisWords[session.basis] },
        department: session.department,
        ...(of.names ? { staff: session.staff } : {}),
        scope: session.scope === "write" ? "acting" : "looking",
        seen: { times: session.reads, kinds: session.kinds },
        changed: session.changes,
      });
    separator = ",\n    ";
  }
  yield "\n  ]\n}\n";
}
