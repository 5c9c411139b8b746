"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useHydrated } from "../hydrated.ts";
import { placesShown } from "../shell/places.ts";
import { useSoftLinks } from "../shell/soft-links.ts";
import { KeyHelp } from "./key-help.tsx";
import { Palette } from "./palette.tsx";
import { chooseRow, moveAmong, rowsOfPage } from "./rows.ts";
import { isPaletteKey, isShown, isSomethingOver, singleKey } from "./single-key.ts";

type Open = "help" | "palette" | null;
const Opener = createContext<(what: Open) => void>(() => undefined);

/** Opens the list of keys or the palette, from a button. */
export const useOpener = () => use(Opener);

/**
 * The keyboard of the panel. `/` search, `?` all keys, `⌘K` go to, `G` and a letter go there, `J` and `K` along the rows,
 * `X` chooses one; any other letter or digit moves to the first shown element with that `data-key` (a radio is chosen). Nothing is ever decided by a letter.
 */
export function Keys({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [open, setOpen] = useState<Open>(null);
  useSoftLinks();

  useEffect(() => {
    let goUntil = 0;
    const pressed = (event: KeyboardEvent) => {
      if (isPaletteKey(event)) {
        event.preventDefault();
        // What is open first has to be left: a question is not to be lost under it.
        if (!isSomethingOver()) setOpen("palette");
        return;
      }
      const key = singleKey(event);
      if (key === null) return;
      const going = event.timeStamp < goUntil;
      goUntil = key === "g" && !going ? event.timeStamp + 1500 : 0;
      if (goUntil > 0) return;
      const place = going ? placesShown().find((one) => one.key === key)?.href : undefined;
      if (place) router.push(place);
      else if (key === "?") setOpen("help");
      else if (key === "/") focusSearch() || router.push("/");
      else if (!moveTo(key) && !inRows(key)) return;
      event.preventDefault();
    };
    const arrow = (event: KeyboardEvent) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step === 0 || event.defaultPrevented || hasModifier(event)) return;
      const rows = unmarkedRows();
      if (rows.some((row) => row === document.activeElement) && moveAmong(rows, step))
        event.preventDefault();
    };
    // What the server has written has no handlers.
    const clicked = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest('[data-opens="palette"]')) setOpen("palette");
    };
    document.addEventListener("keydown", pressed);
    document.addEventListener("keydown", arrow);
    document.addEventListener("click", clicked);
    return () => {
      document.removeEventListener("keydown", pressed);
      document.removeEventListener("keydown", arrow);
      document.removeEventListener("click", clicked);
    };
  }, [router]);

  return (
    <Opener value={setOpen}>
      {children}
      {useHydrated() && (
        <>
          <KeyHelp open={open === "help"} onClose={() => setOpen(null)} />
          <Palette open={open === "palette"} onClose={() => setOpen(null)} />
        </>
      )}
    </Opener>
  );
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("input[data-search]");
  if (!field || !isShown(field)) return false;
  field.focus();
  field.select();
  return true;
}

const hasModifier = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || shiftKey;

/** The rows of a page that leaves them to us. */
const unmarkedRows = () => (document.querySelector("#main [data-rows]") ? [] : rowsOfPage());

function inRows(key: string): boolean {
  if (key === "x") return chooseRow();
  return (key === "j" || key === "k") && moveAmong(unmarkedRows(), key === "j" ? 1 : -1);
}

/** Moves to what has this key, first within the row or card where the focus is, then on the page, then above it. */
function moveTo(key: string): boolean {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const here = document.activeElement?.closest("tr, li, form");
  const found = [
    ...(here?.querySelectorAll<HTMLElement>(selector) ?? []),
    ...document.querySelectorAll<HTMLElement>(`#main ${selector}`),
    ...document.querySelectorAll<HTMLElement>(selector),
  ].find(isShown);
  if (!found) return false;
  found.focus();
  if (found instanceof HTMLInputElement && found.type === "radio") found.click();
  return true;
}
