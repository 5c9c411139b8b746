import { Chip, Filters } from "#components/ui/filters.tsx";
import type { FindingParams } from "#lib/findings/search-params.ts";
import { detectors, disposals } from "#lib/vocabulary.ts";
import { detectorWords, findingStatusWords } from "#lib/vocabulary-labels.ts";
import { ActorMenu, ChoiceMenu, TimeMenu } from "../../_filters/menus.tsx";
import { daysWords } from "../../_words/began.ts";
import { filtersOf, findingsAddress } from "../address.ts";

const path = "/findings";

type FindingsFiltersProps = {
  params: FindingParams;
  /** Of who is filtered by, where that is the reader's to know. */
  actorName: string | null;
};

/** What is on as chips, what can be added as dashed ones. Open or not is chosen above. */
export function FindingsFilters({ params, actorName }: FindingsFiltersProps) {
  const filters = filtersOf(params);
  const { detector, actor, status, from, to } = params;
  const without = (...names: (keyof FindingParams)[]) =>
    findingsAddress({ ...filters, ...Object.fromEntries(names.map((name) => [name, undefined])) });
  const keep = (...names: (keyof FindingParams)[]) => ({
    path,
    keep: { ...filters, ...Object.fromEntries(names.map((name) => [name, undefined])) },
  });
  const some = detector || actor || from || to;
  const asked = status === "open" || status === "disposed" ? undefined : status;
  return (
    <Filters clear={some || asked ? path : null}>
      {(from || to) && (
        <Chip field="Time" without={without("from", "to")}>
          {daysWords(from, to)}
        </Chip>
      )}
      {detector && (
        <Chip field="Pattern" without={without("detector")}>
          {detectorWords[detector]}
        </Chip>
      )}
      {actor && (
        <Chip field="Actor" without={without("actor")}>
          {actorName ?? "Somebody else"}
        </Chip>
      )}
      {asked && (
        <Chip field="What it was" without={findingsAddress({ ...filters, status: "disposed" })}>
          {findingStatusWords[asked].name}
        </Chip>
      )}
      {!detector && (
        <ChoiceMenu
          {...keep("detector")}
          first
          name="detector"
          field="Pattern"
          label="What was found"
          options={detectors.map((one) => [one, detectorWords[one]])}
        />
      )}
      {!actor && <ActorMenu {...keep("actor")} of="see_findings" />}
      {!from && !to && <TimeMenu {...keep("from", "to")} />}
      {!asked && status === "disposed" && (
        <ChoiceMenu
          {...keep("status")}
          name="status"
          field="What it was"
          label="What somebody decided"
          options={disposals.map((one) => [one, findingStatusWords[one].name])}
        />
      )}
    </Filters>
  );
}
