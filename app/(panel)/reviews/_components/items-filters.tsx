import { Chip, Filters } from "#components/ui/filters.tsx";
import type { ItemParams } from "#lib/reviews/items.ts";
import { type ItemState, itemStates } from "#lib/reviews/items.ts";
import { roles } from "#lib/vocabulary.ts";
import { roleWords } from "#lib/vocabulary-labels.ts";
import { ChoiceMenu } from "../../_filters/menus.tsx";
import { itemsAddress, itemsPath } from "../address.ts";

const stateWords: Record<ItemState, string> = {
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
    path: itemsPath(slug),
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
        <ChoiceMenu
          {...menu("state")}
          first
          name="state"
          field="State"
          label="What was decided"
          options={itemStates.map((one) => [one, stateWords[one]])}
        />
      )}
      {!reviewer && reviewers.length > 0 && (
        <ChoiceMenu
          {...menu("reviewer")}
          name="reviewer"
          field="Reviewer"
          label="Who decides"
          options={[
            ...reviewers.map(({ reviewerId, name }) => [reviewerId, name] as const),
            ["nobody", "Nobody"],
          ]}
        />
      )}
      {!role && (
        <ChoiceMenu
          {...menu("role")}
          name="role"
          field="Role"
          label="Which right"
          options={roles.map((one) => [one, roleWords[one].name])}
        />
      )}
    </Filters>
  );
}
