import { singleKeysOn } from "./switch.ts";

const writtenIn =
  "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const floating = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
/** What is over the page while it is there; a toast only confirms. */
const over = ':is([role="dialog"], [role="alertdialog"], [role="menu"]):not(.toast)';

/** The letter, digit or sign that a bare key press means for the page, or null where it belongs to something else. */
export function singleKey(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.repeat) return null;
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return null;
  if (event.target instanceof Element && event.target.closest(`${writtenIn}, ${floating}`))
    return null;
  if (isSomethingOver()) return null;
  return singleKeysOn() ? event.key.toLowerCase() : null;
}

/**
 * Whether this is ⌘K or Ctrl-K. Where the layout has no Latin letters the key of that place counts. In a field of a Mac Ctrl-K
 * deletes to the end of the line, and is left alone.
 */
export function isPaletteKey(event: KeyboardEvent): boolean {
  if (event.isComposing || event.repeat || event.altKey || event.shiftKey) return false;
  if (event.metaKey === event.ctrlKey) return false;
  if (event.ctrlKey && isMac() && isField(event.target)) return false;
  const isLatin = /^[a-z]$/i.test(event.key);
  return isLatin ? event.key.toLowerCase() === "k" : event.code === "KeyK";
}

/**
 * Whether this is ⌘↵ or Ctrl ↵, meant for this form: from within it or from the page around, but not from another form, and
 * not from what is over the page. Held down it counts once.
 */
export function isSendKey(event: KeyboardEvent, form: HTMLFormElement | null): boolean {
  if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.repeat) return false;
  const own = event.target instanceof Element ? event.target.closest("form") : null;
  return !isSomethingOver() && (own === null || own === form);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(writtenIn) !== null;

export const isMac = (): boolean => /^(Mac|iP)/.test(navigator.platform);

/** Whether a dialog or menu is open, so that keys are its own. */
export const isSomethingOver = (): boolean => document.querySelector(over) !== null;

/** Whether it can be seen, so that a key never leads to what is folded away. */
export const isShown = (element: Element): boolean =>
  element.checkVisibility({ visibilityProperty: true });
