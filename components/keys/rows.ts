import { isShown } from "./single-key.ts";

const reachable = "a[href], button:not([disabled]), summary";
const box = 'input[type="checkbox"]:not([disabled])';

/** Where `J` and `K` go on a page whose rows nobody marked: what opens each row of its tables, else of its lists. */
export function rowsOfPage(): HTMLElement[] {
  const marked = shown("#main [data-row]");
  if (marked.length > 0) return marked;
  const inTables = openers("#main tbody tr");
  return inTables.length > 0 ? inTables : openers("#main li:not(nav li)");
}

const shown = (selector: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter(isShown);

/** The first link or button of each, else its box. */
const openers = (selector: string): HTMLElement[] =>
  shown(selector).flatMap((row) => first(row, reachable) ?? first(row, box) ?? []);

const first = (row: Element, selector: string): HTMLElement | undefined =>
  [...row.querySelectorAll<HTMLElement>(selector)].find(isShown);

export const rowOf = (link: Element): Element => link.closest("tr, li") ?? link;

/** Moves the focus by `step` along these; from elsewhere to the first or last. False where there is none to move to. */
export function moveAmong(rows: readonly HTMLElement[], step: number): boolean {
  const at = rows.findIndex((row) => rowOf(row).contains(document.activeElement));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  if (!next) return false;
  next.focus();
  rowOf(next).scrollIntoView({ block: "nearest" });
  return true;
}

/** Ticks or clears the box of the row where the focus is. */
export function chooseRow(): boolean {
  const row = document.activeElement?.closest("tr, li");
  const found = row && first(row, box);
  found?.click();
  return Boolean(found);
}

/** Whether rows of this page can be chosen. */
export const canChooseRows = (): boolean =>
  shown("#main :is(tbody tr, li)").some((row) => first(row, box));
