/*
 * What somebody typed and has not sent, and what they were told: kept in this tab, for this sign-in, and nowhere else.
 */

const keyOf = (name: string): string => `alongside.typed ${name}`;

/** Keeps a text under a name that says where it was typed; an empty one is forgotten. */
export function keepHere(name: string, text: string): void {
  if (text) sessionStorage.setItem(keyOf(name), text);
  else sessionStorage.removeItem(keyOf(name));
}

export const keptHere = (name: string): string | null => sessionStorage.getItem(keyOf(name));

const toldOf = (id: string): string => `alongside.told ${id}`;

/** Whether this tab has not said so yet; from now on it has. */
export function isNewHere(id: string): boolean {
  const isNew = sessionStorage.getItem(toldOf(id)) === null;
  sessionStorage.setItem(toldOf(id), "1");
  return isNew;
}

/** Forgets all of it: nobody is signed in any more. */
export function forgetAllHere(): void {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(keyOf("")) || key.startsWith(toldOf(""))) sessionStorage.removeItem(key);
}
