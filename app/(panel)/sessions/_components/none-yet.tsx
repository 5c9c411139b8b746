import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

export function NoneYet({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Empty
      kind="no-match"
      title="No past session matches"
      action={<ButtonLink href="/sessions">Clear the filters</ButtonLink>}
    >
      Nothing that you may see fits all of these filters.
    </Empty>
  ) : (
    <Empty kind="nothing" icon="list" title="No past sessions yet">
      A session appears here as soon as it has ended, with everything that was done in it.
    </Empty>
  );
}
