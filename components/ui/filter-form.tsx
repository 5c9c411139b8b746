"use client";
import { Popover } from "@base-ui/react/popover";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

type FilterFormProps = {
  field: string;
  /** What is filtered by already, kept as hidden fields. */
  keep: Record<string, string>;
  /** The page's path; the form is a GET to it. */
  path: string;
  children: ReactNode;
};

/** A dashed chip that opens the field of one filter. The first on a page is reached by `F`. */
export function FilterForm({ field, keep, path, children }: FilterFormProps) {
  return (
    <Popover.Root>
      <Popover.Trigger className="chip add" data-key="f">
        <span className="v">
          <Icon name="plus" /> {field}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="pop-layer" sideOffset={4} align="start">
          <Popover.Popup className="pop" aria-label={`Filter by ${field}`}>
            <form className="grid gap-3 p-2" action={path}>
              {Object.entries(keep).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              {children}
              <Button type="submit" variant="ink">
                Filter
              </Button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
