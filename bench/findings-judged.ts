import { detectors } from "#lib/vocabulary.ts";
import { detectorWords } from "#lib/vocabulary-labels.ts";
import type { Case } from "./data/desk/desk.ts";
import { type Figure, figure } from "./figure.ts";

export type Found = { detector: string; ids: string[] };

const share = (part: number, of: number) => (of === 0 ? 0 : part / of);
const isMisuse = ({ grade }: Case) => grade === "misuse";

/**
 * Precision: of the findings, those about a case. Recall: of the cases, those that a finding is about. Misuse counts by
 * itself, and with what was only careless.
 */
export function judging(all: readonly Found[], cases: readonly Case[]) {
  const caseOf = new Map(cases.flatMap((one) => one.ids.map((id) => [id, one] as const)));
  const casesIn = (list: readonly Found[]) =>
    new Set(list.flatMap(({ ids }) => ids.flatMap((id) => caseOf.get(id) ?? [])));
  const isAbout = (found: Found, of: (one: Case) => boolean) => [...casesIn([found])].some(of);

  const precision = (whose: string, list: readonly Found[]): Figure[] => {
    const misuse = list.filter((one) => isAbout(one, isMisuse)).length;
    const right = list.filter((one) => isAbout(one, () => true)).length;
    const careless = right - misuse;
    const misuseOnly = `precision${whose}: ${misuse} of ${list.length} findings are about misuse`;
    if (careless === 0) return [figure(misuseOnly, "", share(misuse, list.length))];
    return [
      figure(misuseOnly, "", share(misuse, list.length)),
      figure(
        `precision${whose}: ${right} of ${list.length} are about misuse or carelessness`,
        "",
        share(right, list.length),
      ),
    ];
  };
  const recall = (whose: string, list: readonly Found[], meant: readonly Case[]): Figure => {
    const caught = casesIn(list);
    const hit = meant.filter((one) => caught.has(one)).length;
    return figure(`recall${whose}: ${hit} of ${meant.length} cases`, "", share(hit, meant.length));
  };

  function* overall(): Iterable<Figure> {
    yield* precision("", all);
    yield recall(" of misuse", all, cases.filter(isMisuse));
  }
  function* byDetector(): Iterable<Figure> {
    for (const detector of detectors) {
      const own = all.filter((one) => one.detector === detector);
      const meant = cases.filter((one) => one.kind === detector && isMisuse(one));
      if (own.length === 0 && meant.length === 0) continue;
      const words = detectorWords[detector].toLowerCase();
      yield* precision(`, ${words}`, own);
      yield recall(`, ${words}`, own, meant);
    }
    const once = cases.filter(({ kind }) => kind === "none");
    yield recall(", once under a ticket of one’s own", all, once);
  }
  /** For whoever looks for a better threshold: what was found though nobody did wrong, by what it was. */
  function* wrongly(aboutOf: ReadonlyMap<string, string>): Iterable<string> {
    const counts = new Map<string, number>();
    for (const one of all.filter((found) => !isAbout(found, () => true))) {
      const abouts = new Set(one.ids.map((id) => aboutOf.get(id) ?? "something else"));
      const line = `${one.detector}: ${[...abouts].toSorted().slice(0, 3).join(", ")}`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    for (const [line, n] of [...counts].toSorted(([, a], [, b]) => b - a)) yield `${n} × ${line}`;
  }
  return { overall, byDetector, wrongly };
}
