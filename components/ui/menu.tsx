"use client";
import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import type { ReactElement } from "react";
import { Icon, type IconName } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";

export type MenuItem =
  | { label: string; icon?: IconName; shortcut?: string; href: string }
  | { label: string; icon?: IconName; shortcut?: string; onSelect: () => void }
  | "rule";

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  side?: "top" | "bottom";
  align?: "start" | "end";
};

/** A list of ways on or things to do, by keyboard too. Never for a reason or a consequence. */
export function Menu({ trigger, items, side = "bottom", align = "start" }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="pop-layer" side={side} align={align} sideOffset={4}>
          <Base.Popup className="pop">
            {items.map((item, index) =>
              item === "rule" ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: rules are alike and stay in place
                <Base.Separator key={index} className="rule" />
              ) : "href" in item ? (
                <Base.LinkItem
                  key={item.label}
                  className="item"
                  closeOnClick
                  render={<Link href={item.href} />}
                >
                  <Inside {...item} />
                </Base.LinkItem>
              ) : (
                <Base.Item key={item.label} className="item" onClick={item.onSelect}>
                  <Inside {...item} />
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Inside({ label, icon, shortcut }: { label: string; icon?: IconName; shortcut?: string }) {
  return (
    <>
      {icon && <Icon name={icon} />}
      {label}
      {shortcut && <Kbd seenOnly>{shortcut}</Kbd>}
    </>
  );
}
