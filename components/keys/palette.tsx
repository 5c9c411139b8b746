"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useState } from "react";
import { type Place, placesShown } from "../shell/places.ts";
import { Kbd } from "../ui/kbd.tsx";

type PaletteProps = { open: boolean; onClose: () => void };
type Way = { href: string; label: string; icon: string; hint: string | null };

/** "Go to…": the places of the panel by name, and whatever is typed as a search. */
export function Palette({ open, onClose }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog pal" aria-label="Go to">
          <Ways onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Ways({ onClose }: Omit<PaletteProps, "open">) {
  const router = useRouter();
  const [places] = useState(placesShown);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const ways = waysFor(places, text);
  const chosen = Math.min(at, ways.length - 1);

  const go = (way: Way | undefined) => {
    if (!way) return;
    onClose();
    router.push(way.href);
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt((chosen + 1) % ways.length);
    else if (event.key === "ArrowUp") setAt((chosen - 1 + ways.length) % ways.length);
    else if (event.key === "Enter") go(ways[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        className="input"
        role="combobox"
        aria-label="Go to"
        aria-expanded="true"
        aria-controls="ways"
        aria-activedescendant={`way-${chosen}`}
        placeholder="Go to…"
        autoComplete="off"
        value={text}
        onKeyDown={pressed}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <div role="listbox" id="ways" aria-label="Places">
        {ways.map((way, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's (aria-activedescendant)
          <div
            key={way.href}
            id={`way-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerMove={() => setAt(index)}
            onClick={() => go(way)}
          >
            <i className={`i i-${way.icon}`} aria-hidden="true" />
            <span className="trunc">{way.label}</span>
            {way.hint && <Kbd>{way.hint}</Kbd>}
          </div>
        ))}
      </div>
    </>
  );
}

/** Places whose name holds what was typed; then the search for it. */
function waysFor(all: readonly Place[], text: string): Way[] {
  const wanted = text.trim().toLocaleLowerCase();
  const places = all
    .filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
    .map(({ href, label, icon, key }) => ({
      href,
      label,
      icon,
      hint: key && `G ${key.toUpperCase()}`,
    }));
  if (!wanted) return places;
  const search: Way = {
    href: `/?q=${encodeURIComponent(text.trim())}`,
    label: `Search people for “${text.trim()}”`,
    icon: "search",
    hint: null,
  };
  return [...places, search];
}
