import { singleKeysOn } from "./switch.ts";

const writtenIn =
  "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const floating = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** The letter, digit or sign that a bare key press means for the page, or null where it belongs to something else. */
export function singleKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.repeat) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return null;
  if (event.target instanceof Element && event.target.closest(`${writtenIn}, ${floating}`))
    return null;
  return singleKeysOn() ? event.key.toLowerCase() : null;
}

/** Whether it can be seen, so that a key never leads to what is folded away. */
export const isShown = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true });
