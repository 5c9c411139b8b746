import { ButtonLink } from "#components/ui/button.tsx";
import { Empty } from "#components/ui/empty.tsx";

/** `clear`: the page without filters, where those hide what there is. */
export function NobodyLive({ all, clear }: { all: boolean; clear: string | null }) {
  if (clear)
    return (
      <Empty
        card
        kind="no-match"
        title="No live session matches"
        action={<ButtonLink href={clear}>Clear the filters</ButtonLink>}
      >
        There are others, which the filters leave out.
      </Empty>
    );
  return all ? (
    <Empty card kind="nothing" icon="live" title="Nobody stands in for anybody now">
      When somebody starts, it appears here within 3 s. Nothing to reload.
    </Empty>
  ) : (
    <Empty
      card
      kind="nothing"
      icon="live"
      title="You do not stand in for anybody now"
      action={<ButtonLink href="/">Search a person</ButtonLink>}
    >
      When you start, your session stands here, with its time and its end.
    </Empty>
  );
}
