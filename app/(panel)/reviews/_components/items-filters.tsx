import { Field } from "#components/ui/field.tsx";
import { Chip, Filters } from "#components/ui/filters.tsx";
import { Select } from "#components/ui/input.tsx";
import type { ItemParams } from "#lib/reviews/items.ts";
import { type ItemState, itemStates } from "#lib/reviews/items.ts";
import { roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { FilterMenu } from "../../_filters/filter-menu.tsx";
import { itemsAddress, reviewPath } from "../address.ts";

export const stateWords: Record<ItemState, string> = {
  open: "Open",
  keep: "Keep",
  change: "Change",
  revoke: "Revoke",
  excepted: "Excepted",
  gone: "Taken meanwhile",
  ended: "Ended before",
};

type Reviewer = { reviewerId: string; name: string };
type ItemsFiltersProps = {
  slug: string;
  params: ItemParams;
  /** To choose from; empty where the reader sees their own alone. */
  reviewers: readonly Reviewer[];
};

export function ItemsFilters({ slug, params, reviewers }: ItemsFiltersProps) {
  const { state, reviewer, role } = params;
  const kept = { state, reviewer, role };
  const without = (name: keyof typeof kept) => itemsAddress(slug, { ...kept, [name]: undefined });
  const menu = (name: keyof typeof kept) => ({
    path: reviewPath(slug),
    keep: { ...kept, [name]: undefined },
  });
  return (
    <Filters clear={state || reviewer || role ? itemsAddress(slug, {}) : null}>
      {state && (
        <Chip field="State" without={without("state")}>
          {stateWords[state]}
        </Chip>
      )}
      {reviewer && (
        <Chip field="Reviewer" without={without("reviewer")}>
          {reviewers.find(({ reviewerId }) => reviewerId === reviewer)?.name ?? "Nobody"}
        </Chip>
      )}
      {role && (
        <Chip field="Role" without={without("role")}>
          {roleWords[role].name}
        </Chip>
      )}
      {!state && (
        <FilterMenu field="State" {...menu("state")} first>
          <Field small name="state" id="filter-state" label="What was decided">
            {(wiring) => (
              <Select {...wiring}>
                {itemStates.map((one) => (
                  <option key={one} value={one}>
                    {stateWords[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </FilterMenu>
      )}
      {!reviewer && reviewers.length > 0 && (
        <FilterMenu field="Reviewer" {...menu("reviewer")}>
          <Field small name="reviewer" id="filter-reviewer" label="Who decides">
            {(wiring) => (
              <Select {...wiring}>
                {reviewers.map(({ reviewerId, name }) => (
                  <option key={reviewerId} value={reviewerId}>
                    {name}
                  </option>
                ))}
                <option value="nobody">Nobody</option>
              </Select>
            )}
          </Field>
        </FilterMenu>
      )}
      {!role && (
        <FilterMenu field="Role" {...menu("role")}>
          <Field small name="role" id="filter-role" label="Which right">
            {(wiring) => (
              <Select {...wiring}>
                {roles.map((one) => (
                  <option key={one} value={one}>
                    {roleWords[one].name}
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
