"use client";
import { Dialog } from "@base-ui/react/dialog";
import { type MouseEvent, useState } from "react";
import { useHydrated } from "../hydrated.ts";
import { useOpener } from "../keys/keys.tsx";
import { Icon } from "../ui/icon.tsx";
import { Brand } from "./brand.tsx";
import { type Person, PersonMenu } from "./person-menu.tsx";
import { SideBar } from "./side-bar.tsx";

const opener = {
  className: "btn quiet",
  "aria-label": "Menu",
  children: <Icon name="menu" />,
};

/** What the side bar becomes below 1040 px: the same list behind "Menu". */
export function TopBar({ person }: { person: Person }) {
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
              <Drawer person={person} onGo={() => setOpen(false)} />
            </Dialog.Popup>
          </Dialog.Portal>
        </Dialog.Root>
      ) : (
        <button type="button" aria-haspopup="dialog" aria-expanded="false" {...opener} />
      )}
    </header>
  );
}

/** The side bar as it stands in the page, where there is no room for it. */
function Drawer({ person, onGo }: { person: Person; onGo: () => void }) {
  const [html] = useState(() => document.querySelector(".panel > .nav > .contents")?.innerHTML);
  const clicked = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("a, [data-opens]")) onGo();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: links and buttons in it are pressed by keys, and bubble as clicks
    <nav className="nav" aria-label="Panel" onClick={clicked}>
      <SideBar html={html ?? ""} />
      <PersonMenu person={person} />
    </nav>
  );
}
