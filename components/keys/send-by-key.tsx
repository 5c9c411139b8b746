import type { KeyboardEvent } from "react";
import { ModKbd } from "../ui/kbd.tsx";

/** On a form: `⌘↵` or `Ctrl ↵` presses its button from any of the answers. */
export const sentByKey = {
  "data-sent-by-key": true,
  onKeyDown(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLButtonElement>("button[type=submit]")?.click();
  },
} as const;

/** Beside that button: the keys that press it. */
export const SendKeyHint = () => (
  <p className="keys end">
    <span>
      <ModKbd>↵</ModKbd> sends
    </span>
  </p>
);
