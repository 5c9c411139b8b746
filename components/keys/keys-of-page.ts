import { placesShown } from "../shell/places.ts";
import { canChooseRows, rowsOfPage } from "./rows.ts";
import { isMac, isShown } from "./single-key.ts";

/** What a key does, and the keys. */
export type KeyLine = [does: string, ...keys: string[]];

const known: Record<string, string> = {
  a: "Approve: moves to the button",
  d: "Deny: moves to the comment",
  e: "End…",
  f: "Add a filter",
  o: "Open a sampled session: moves to its button",
};

/** The keys that do something on the page that is open now, read out of what it shows. */
export function keysOfPage(): KeyLine[] {
  const lines: KeyLine[] = [];
  if (rowsOfPage().length > 0)
    lines.push(["Next and previous row", "J", "K"], ["Open the row", "↵"]);
  if (document.querySelector("#at-hand [data-row]"))
    lines.push(["From the empty search to what is at hand", "↓"]);
  if (document.querySelector("#main form[data-sent-by-key]"))
    lines.push(["Send the form", isMac() ? "⌘" : "Ctrl", "↵"]);
  if (canChooseRows()) lines.push(["Choose the row, or not", "X"]);
  const marked = ["#main", ".strip"]
    .flatMap((part) => [...document.querySelectorAll<HTMLElement>(`${part} [data-key]`)])
    .filter(isShown);
  const letters = new Map<string, HTMLElement>();
  for (const one of marked)
    if (!letters.has(one.dataset.key ?? "")) letters.set(one.dataset.key ?? "", one);
  const digits = [...letters].filter(([key]) => /^\d$/.test(key));
  for (const [key, one] of letters)
    if (!/^\d$/.test(key)) lines.push([wordsFor(key, one), key.toUpperCase()]);
  const [, sample] = digits[0] ?? [];
  if (sample) {
    lines.push([groupOf(sample), ...digits.map(([key]) => key)]);
    lines.push(["Decide, and go on to the next", isMac() ? "⌘" : "Ctrl", "↵"]);
  }
  return lines;
}

const wordsFor = (key: string, one: HTMLElement): string =>
  one.closest(".strip") ? `${wordsOf(one)}: moves to the button` : (known[key] ?? wordsOf(one));

const wordsOf = (one: HTMLElement): string =>
  [...one.childNodes]
    .filter((node) => !(node instanceof Element && node.matches(".kbd")))
    .map(({ textContent }) => textContent)
    .join("")
    .trim();

/** "Minutes", "Decision": what the choice is about. */
const groupOf = (one: HTMLElement): string =>
  one.closest("fieldset")?.querySelector("legend")?.textContent?.trim() || "Choose";

export const keysEverywhere = (): KeyLine[] => [
  ["Search", "/"],
  ["Go to anything", isMac() ? "⌘" : "Ctrl", "K"],
  ["All keys", "?"],
  ["Back, clear, keep", "Esc"],
];

/** `G` and a letter. */
export const keysOfPlaces = (): KeyLine[] =>
  placesShown()
    .filter(({ key }) => key)
    .map(({ label, key }): KeyLine => [label, "G", (key ?? "").toUpperCase()]);
