"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import { useHydrated } from "../hydrated.ts";
import { useOpener } from "../keys/keys.tsx";
import { Icon } from "../ui/icon.tsx";
import { Brand } from "./brand.tsx";
import { SideBar, type SideBarProps } from "./side-bar.tsx";

const opener = {
  className: "btn quiet",
  "aria-label": "Menu",
  children: <Icon name="menu" />,
};

/** What the side bar becomes below 1040 px: the same list behind "Menu". */
export function TopBar({ groups, person }: SideBarProps) {
  const openPart = useOpener();
  const [open, setOpen] = useState(false);
  return (
    <header className="topbar">
      <Brand />
      <button
        className="btn quiet"
        type="button"
        aria-label="Go to…"
        onClick={() => openPart("palette")}
      >
        <Icon name="search" />
      </button>
      {useHydrated() ? (
        <Dialog.Root open={open} onOpenChange={setOpen}>
          <Dialog.Trigger {...opener} />
          <Dialog.Portal>
            <Dialog.Backdrop className="backdrop" />
            <Dialog.Popup className="drawer" aria-label="Menu">
              <SideBar groups={groups} person={person} onGo={() => setOpen(false)} />
            </Dialog.Popup>
          </Dialog.Portal>
        </Dialog.Root>
      ) : (
        <button type="button" aria-haspopup="dialog" aria-expanded="false" {...opener} />
      )}
    </header>
  );
}
