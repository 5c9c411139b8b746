import type { ComponentProps } from "react";
import { KeyHints, rowHints } from "#components/ui/kbd.tsx";
import { Pager } from "#components/ui/pager.tsx";

type ListFootProps = ComponentProps<typeof Pager> & {
  /** What Enter does. */
  opens: string;
  /** Without a row there is nothing to move to, or to open. */
  isEmpty: boolean;
};

/** Below a list with filters: the keys of its rows, and the way to its neighbours. */
export const ListFoot = ({ opens, isEmpty, ...pager }: ListFootProps) => (
  <div className="row between">
    <KeyHints
      hints={[...(isEmpty ? [] : rowHints(opens)), { keys: ["F"], does: "add a filter" }]}
    />
    <Pager {...pager} />
  </div>
);
