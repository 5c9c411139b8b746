"use client";
import { useRef } from "react";
import { useOpener } from "../keys/keys.tsx";
import { StaffDisc } from "../people.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu } from "../ui/menu.tsx";

export type Person = {
  name: string;
  /** Role and team: "Agent, Europe". */
  second: string;
  /** The server action that signs out. */
  signOut: () => Promise<void>;
};

/** Who one is, with the way out. */
export function PersonMenu({ person }: { person: Person }) {
  const form = useRef<HTMLFormElement>(null);
  const open = useOpener();
  return (
    <>
      <form ref={form} action={person.signOut} hidden />
      <Menu
        side="top"
        trigger={
          <button className="me" type="button">
            <StaffDisc name={person.name} />
            <span className="who grow">
              <strong className="trunc">{person.name}</strong>
              <small className="trunc">{person.second}</small>
            </span>
            <Icon name="down" />
          </button>
        }
        items={[
          { label: "All keys", icon: "info", shortcut: "?", onSelect: () => open("help") },
          "rule",
          { label: "Sign out", icon: "out", onSelect: () => form.current?.requestSubmit() },
        ]}
      />
    </>
  );
}
