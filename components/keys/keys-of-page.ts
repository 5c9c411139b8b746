import { placesShown } from "../shell/places.ts";
import { canChooseRows, rowsOfPage } from "./rows.ts";
import { isMac, isShown } from "./single-key.ts";

/** What a key does, and the keys. */
export type KeyLine = [does: string, ...keys: string[]];

const known: Record<string, (one: HTMLElement) => string> = {
  a: (one) => `${wordsOf(one)}: moves to the button`,
  d: (one) => `${noOf(one)}: moves to the comment`,
  e: () => "End…",
  f: () => "Add a filter",
  o: () => "Open a sampled session: moves to its button",
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
    lines.push([sendOf(sample), isMac() ? "⌘" : "Ctrl", "↵"]);
  }
  return lines;
}

const wordsFor = (key: string, one: HTMLElement): string =>
  one.closest(".strip")
    ? `${wordsOf(one)}: moves to the button`
    : (known[key]?.(one) ?? wordsOf(one));

const wordsOf = (one: HTMLElement): string =>
  [...one.childNodes]
    .filter((node) => !(node instanceof Element && node.matches(".kbd")))
    .map(({ textContent }) => textContent)
    .join("")
    .trim();

/** "Deny", "Decline": what the comment is needed for. */
const noOf = (one: HTMLElement): string => {
  const button = one.closest("form")?.querySelector<HTMLElement>('[aria-keyshortcuts="d"]');
  return button ? wordsOf(button) : "Deny";
};

/** What the one button of its form says; where there are two, the keys before say which of them is meant. */
const sendOf = (one: HTMLElement): string => {
  const [button, another] =
    one.closest("form")?.querySelectorAll<HTMLElement>("[type=submit]") ?? [];
  return button && !another ? wordsOf(button) : "Decide, and go on to the next";
};

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
