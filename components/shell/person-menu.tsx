"use client";
import { useRef } from "react";
import { useHydrated } from "../hydrated.ts";
import { useOpener } from "../keys/keys.tsx";
import { StaffDisc } from "../people.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";

export type Person = {
  name: string;
  /** Role and team: "Agent, Europe". */
  second: string;
  standsIn: boolean;
  /** The server action that signs out. */
  signOut: () => Promise<void>;
};

const fromHelpDesk = { label: "From your help desk", icon: "open", href: "/start" } as const;

/** Who one is, with the way out. */
export function PersonMenu({ person }: { person: Person }) {
  const form = useRef<HTMLFormElement>(null);
  const open = useOpener();
  const trigger = (
    <button className="me" type="button" aria-haspopup="menu" aria-expanded="false">
      <StaffDisc name={person.name} />
      <span className="who grow">
        <strong className="clamp">{person.name}</strong>
        <small className="clamp">{person.second}</small>
      </span>
      <Icon name="down" />
    </button>
  );
  return (
    <>
      <form ref={form} action={person.signOut} hidden />
      {useHydrated() ? (
        <Menu
          side="top"
          trigger={trigger}
          items={[
            { label: "My devices", icon: "list", href: "/me/devices" },
            ...(person.standsIn ? [fromHelpDesk] : []),
            { label: "All keys", icon: "info", shortcut: "?", onSelect: () => open("help") },
            "rule",
            { label: "Sign out", icon: "out", onSelect: () => form.current?.requestSubmit() },
          ]}
        />
      ) : (
        trigger
      )}
    </>
  );
}
