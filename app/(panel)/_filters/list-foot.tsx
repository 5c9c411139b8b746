import type { ComponentProps } from "react";
import { KeyHints } from "#components/ui/kbd.tsx";
import { Pager } from "#components/ui/pager.tsx";

/** Below a list with filters: the keys of its rows, and the way to its neighbours. `opens` is what Enter does. */
export const ListFoot = ({
  opens,
  isEmpty,
  ...pager
}: ComponentProps<typeof Pager> & { opens: string; isEmpty: boolean }) => (
  <div className="row between">
    <KeyHints
      hints={[
        ...(isEmpty
          ? []
          : [
              { keys: ["J", "K"], does: "move" },
              { keys: ["↵"], does: opens },
            ]),
        { keys: ["F"], does: "add a filter" },
      ]}
    />
    <Pager {...pager} />
  </div>
);
