"use client";
import { useOpener } from "../keys/keys.tsx";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Brand } from "./brand.tsx";
import { type NavGroup, NavList } from "./nav.tsx";
import { type Person, PersonMenu } from "./person-menu.tsx";

export type SideBarProps = {
  groups: readonly NavGroup[];
  person: Person;
  /** Called once the reader has chosen where to go. */
  onGo?: () => void;
};

export function SideBar({ groups, person, onGo }: SideBarProps) {
  const open = useOpener();
  const goTo = () => {
    onGo?.();
    open("palette");
  };
  return (
    <nav className="nav" aria-label="Panel">
      <Brand />
      <button className="find" type="button" onClick={goTo}>
        <Icon name="search" />
        <span className="grow">Go to…</span>
        <Kbd>⌘K</Kbd>
      </button>
      <NavList groups={groups} onGo={onGo} />
      <PersonMenu person={person} />
    </nav>
  );
}
