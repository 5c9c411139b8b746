"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useId, useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { type KeyLine, keysEverywhere, keysOfPage, keysOfPlaces } from "./keys-of-page.ts";
import { switchSingleKeys, useSingleKeys } from "./switch.ts";

type KeyHelpProps = { open: boolean; onClose: () => void };

/** The keys of the page that is open, those of every page, and the switch for those who type by voice. */
export function KeyHelp({ open, onClose }: KeyHelpProps) {
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
          <Lists />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Lists() {
  const on = useSingleKeys();
  const [lists] = useState(() => ({
    here: keysOfPage(),
    everywhere: keysEverywhere(),
    places: keysOfPlaces(),
  }));
  return (
    <div className="in stack">
      <List title="On this page" lines={lists.here} />
      <List title="On every page" lines={lists.everywhere} />
      <List title="Go to" lines={lists.places} />
      <label className="row sm">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => switchSingleKeys(event.target.checked)}
        />
        Single letters do something outside fields
      </label>
    </div>
  );
}

function List({ title, lines }: { title: string; lines: readonly KeyLine[] }) {
  const id = useId();
  if (lines.length === 0) return null;
  return (
    <section className="stack s" aria-labelledby={id}>
      <h3 id={id} className="sm faint font-medium">
        {title}
      </h3>
      <dl className="key-list">
        {lines.map(([does, ...keys]) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
