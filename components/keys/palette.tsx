"use client";
import { Dialog } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { placesShown } from "../shell/places.ts";
import { Icon } from "../ui/icon.tsx";
import { PaletteNote } from "./palette-note.tsx";
import { usePalette } from "./use-palette.ts";
import { WayOption } from "./way-option.tsx";
import { type Way, wayGroups } from "./ways.ts";

type PaletteProps = { open: boolean; onClose: () => void };

/**
 * "Go to…": people, accounts, what has a number, and pages, as far as they are the reader's. It leads there, and does nothing
 * itself.
 */
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
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const [places] = useState(placesShown);
  const [text, setText] = useState("");
  /** Whom the reader moved to; null: the first, whichever that is. */
  const [moved, setMoved] = useState<string | null>(null);
  const [waits, setWaits] = useState(false);
  const { groups: found, pages, failure, isBusy, tryAgain } = usePalette(text);
  const groups = wayGroups({ text, found, places, pages, origin: location.origin });
  const ways = groups.flatMap((group) => group.ways);
  const at = Math.max(
    0,
    ways.findIndex(({ href }) => href === moved),
  );
  const chosen = ways[at];
  const isPage = text.trim() !== "" && groups[0]?.title === "Pages";
  const isSure = !isBusy || moved !== null || isPage;

  const go = (way: Way | undefined) => {
    if (!way) return;
    onClose();
    router.push(way.href);
  };
  // Enter before the answer: the first of it, not of what was typed before.
  useEffect(() => {
    if (!waits || !isSure) return;
    setWaits(false);
    go(chosen);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen
  useEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen?.href]);

  const step = (by: number) => setMoved(ways[(at + by + ways.length) % ways.length]?.href ?? null);
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.altKey) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && isSure) go(chosen);
    else if (event.key === "Enter") setWaits(true);
    // Here, so that a question of the page under it does not take the same press for its own.
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  const typed = (value: string) => {
    setText(value);
    setMoved(null);
    setWaits(false);
  };

  return (
    <>
      <div className="ask">
        <Icon name="search" />
        <input
          className="input"
          role="combobox"
          aria-label="Go to"
          aria-expanded="true"
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen && `${list}-${at}`}
          placeholder="Person, account, R-20618, page…"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={2000}
          value={text}
          onKeyDown={pressed}
          onChange={(event) => typed(event.target.value)}
        />
        <Dialog.Close className="btn quiet" aria-label="Close">
          <Icon name="x" />
        </Dialog.Close>
      </div>
      <PaletteNote
        text={text}
        found={found.reduce((sum, { items }) => sum + items.length, 0)}
        all={ways.length}
        isBusy={isBusy}
        failure={failure}
        onTryAgain={tryAgain}
      />
      <div role="listbox" id={list} aria-label="Where to" ref={box} aria-busy={isBusy}>
        {isBusy && found.length === 0 && <Coming />}
        {groups.map(({ title, ways: some }, n) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form; these are options
          <div key={title} role="group" aria-labelledby={`${list}-of-${n}`}>
            <div className="of" id={`${list}-of-${n}`} role="presentation">
              {title}
            </div>
            {some.map((way) => {
              const index = ways.indexOf(way);
              return (
                <WayOption
                  key={`${title} ${way.href}`}
                  id={`${list}-${index}`}
                  way={way}
                  chosen={index === at}
                  onPoint={() => setMoved(way.href)}
                  onGo={() => go(way)}
                />
              );
            })}
          </div>
        ))}
      </div>
    </>
  );
}

/** Of the height of what comes. */
function Coming() {
  return (
    <div aria-hidden="true">
      <div className="of">
        <div className="skel c" />
      </div>
      <div className="coming">
        <div className="skel a" />
      </div>
      <div className="coming">
        <div className="skel b" />
      </div>
    </div>
  );
}
