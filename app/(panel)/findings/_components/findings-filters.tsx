import { Field } from "#components/ui/field.tsx";
import { Chip, Filters } from "#components/ui/filters.tsx";
import { Input, Select } from "#components/ui/input.tsx";
import type { FindingParams } from "#lib/findings/search-params.ts";
import type { StaffName } from "#lib/staff/list.ts";
import { detectors } from "#lib/vocabulary.ts";
import { detectorWords, findingStatusWords } from "#lib/vocabulary-labels.ts";
import { FilterMenu } from "../../_filters/filter-menu.tsx";
import { ActorMenu } from "../../_filters/menus.tsx";
import { filtersOf, findingsAddress } from "../address.ts";

const path = "/findings";

type FindingsFiltersProps = { params: FindingParams; staff: readonly StaffName[] };

/** What is on as chips, what can be added as dashed ones. Open or not is chosen above. */
export function FindingsFilters({ params, staff }: FindingsFiltersProps) {
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
          {[from ?? "the start", to ?? "today"].join(" – ")}
        </Chip>
      )}
      {detector && (
        <Chip field="Pattern" without={without("detector")}>
          {detectorWords[detector]}
        </Chip>
      )}
      {actor && (
        <Chip field="Actor" without={without("actor")}>
          {staff.find(({ id }) => id === actor)?.name ?? "Somebody else"}
        </Chip>
      )}
      {asked && (
        <Chip field="What it was" without={findingsAddress({ ...filters, status: "disposed" })}>
          {findingStatusWords[asked].name}
        </Chip>
      )}
      {!detector && (
        <FilterMenu field="Pattern" {...keep("detector")} first>
          <Field small name="detector" id="filter-detector" label="What was found">
            {(wiring) => (
              <Select {...wiring}>
                {detectors.map((one) => (
                  <option key={one} value={one}>
                    {detectorWords[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </FilterMenu>
      )}
      {!actor && staff.length > 0 && <ActorMenu {...keep("actor")} staff={staff} />}
      {!from && !to && (
        <FilterMenu field="Time" {...keep("from", "to")}>
          <Field small name="from" id="filter-from" label="From" hint="Days in UTC, both included">
            {(wiring) => <Input {...wiring} type="date" />}
          </Field>
          <Field small name="to" id="filter-to" label="To">
            {(wiring) => <Input {...wiring} type="date" />}
          </Field>
        </FilterMenu>
      )}
      {!asked && status === "disposed" && (
        <FilterMenu field="What it was" {...keep("status")}>
          <Field small name="status" id="filter-status" label="What somebody decided">
            {(wiring) => (
              <Select {...wiring}>
                {(["explained", "coaching", "incident"] as const).map((one) => (
                  <option key={one} value={one}>
                    {findingStatusWords[one].name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </FilterMenu>
      )}
    </Filters>
  );
}
