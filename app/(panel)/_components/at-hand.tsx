"use client";
import type { KeyboardEvent, ReactNode } from "react";
import { RowKeys } from "#components/keys/row-keys.tsx";

/**
 * What stands under the search field: `↓` in the empty field comes here (`moveToHand`), arrows go along it, `↑` on the first leads
 * back to the field.
 */
export function AtHand({ children }: { children: ReactNode }) {
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== "ArrowUp" || event.target !== firstRow()) return;
    event.preventDefault();
    document.getElementById("q")?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows in it are links; this only hears of their keys
    <div id={handId} onKeyDown={pressed}>
      <RowKeys>
        <div className="stack">{children}</div>
      </RowKeys>
    </div>
  );
}

const handId = "at-hand";
const firstRow = () => document.querySelector<HTMLElement>(`#${handId} [data-row]`);

/** Moves the focus to the first of what is at hand, if there is anything. */
export const moveToHand = (): void => firstRow()?.focus();
