"use client";
import { Dialog } from "@base-ui/react/dialog";
import { placesShown } from "../shell/places.ts";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { switchSingleKeys, useSingleKeys } from "./switch.ts";

type KeyHelpProps = { open: boolean; onClose: () => void };

const everywhere: [does: string, ...keys: string[]][] = [
  ["Search", "/"],
  ["Go to…", "⌘K"],
  ["All keys", "?"],
  ["Next and previous row", "J", "K"],
  ["Open", "↵"],
  ["Back, clear, keep", "Esc"],
  ["Approve: moves to the button", "A"],
  ["Deny: moves to the comment", "D"],
  ["Minutes", "1", "–", "4"],
  ["End…", "E"],
  ["Keep, change, revoke", "1", "2", "3"],
  ["Decide, and go on to the next", "⌘↵"],
  ["Open a sampled session: moves to its button", "O"],
  ["Add a filter", "F"],
];

/** All keys, and the switch for those who type by voice. */
export function KeyHelp({ open, onClose }: KeyHelpProps) {
  const on = useSingleKeys();
  const places = (open ? placesShown() : [])
    .filter((entry) => entry.key)
    .map(({ label, key }): [string, ...string[]] => [label, "G", (key ?? "").toUpperCase()]);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog">
          <header>
            <Dialog.Title>Keys</Dialog.Title>
            <Dialog.Close className="btn quiet" aria-label="Close">
              <Icon name="x" />
            </Dialog.Close>
          </header>
          <div className="in stack">
            <dl className="key-list">
              {[...everywhere, ...places].map(([does, ...keys]) => (
                <div key={keys.join(" ")}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
            <label className="row sm">
              <input
                type="checkbox"
                checked={on}
                onChange={(event) => switchSingleKeys(event.target.checked)}
              />
              Single letters do something outside fields
            </label>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
