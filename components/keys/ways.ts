import type { Place } from "../shell/places.ts";
import type { PaletteItem } from "./palette-answer.ts";

/** Somewhere to go to, as the palette lists it. */
export type Way = Omit<PaletteItem, "face"> & {
  /** A face of `PaletteItem`, or the icon of a place. */
  face: string;
  /** The keys that lead there without the palette. */
  keys: string | null;
};
export type WayGroup = { title: string; ways: Way[] };

type Known = {
  text: string;
  /** As the server found them for what is typed, or for what was typed before. */
  found: readonly { title: string; items: readonly PaletteItem[] }[];
  places: readonly Place[];
  pages: readonly PaletteItem[];
  /** Of the panel: a pasted address of it is a way by itself. */
  origin: string;
};

/**
 * All ways for what is typed, in groups. A page whose name begins with it comes before people: who types "audit" means the
 * page, and it is there at once. The last is always the whole search.
 */
export function wayGroups({ text, found, places, pages, origin }: Known): WayGroup[] {
  const typed = text.trim();
  const wanted = typed.toLocaleLowerCase();
  const all = [...places.map(placeWay), ...unlisted(pages, places).map(itemWay)];
  const matching = wanted ? all.filter(({ label }) => holds(label, wanted)) : all;
  const begins = wanted !== "" && matching.some(({ label }) => beginsWith(label, wanted));
  const byServer = found.map(({ title, items }) => ({ title, ways: items.map(itemWay) }));
  const ofPages = { title: "Pages", ways: sorted(matching, wanted) };
  const groups = begins ? [ofPages, ...byServer] : [...byServer, ofPages];
  const pasted = pastedWay(typed, origin);
  if (pasted) groups.unshift({ title: "Address", ways: [pasted] });
  if (typed) groups.push({ title: "Search", ways: [searchWay(typed)] });
  return groups.filter(({ ways }) => ways.length > 0);
}

const placeWay = ({ href, label, icon, key }: Place): Way => ({
  ...{ href, label, face: icon, lang: null, second: null, number: null },
  keys: key && `G ${key.toUpperCase()}`,
});
const itemWay = (item: PaletteItem): Way => ({ ...item, keys: null });

const searchWay = (typed: string): Way => ({
  ...{ href: `/?q=${encodeURIComponent(typed)}`, face: "search", keys: null },
  ...{ label: `Search people for “${typed}”`, lang: null, second: null, number: null },
});

/** A page of the panel; no handler of it, and no door out of it. */
function pastedWay(typed: string, origin: string): Way | null {
  const url = /^https?:\/\//i.test(typed) ? URL.parse(typed) : null;
  if (url?.origin !== origin || /^\/(api|oauth|_next)\b|\/(enter|file|pack)$/.test(url.pathname))
    return null;
  const href = url.pathname + url.search;
  return {
    href,
    label: `Open ${href}`,
    face: "open",
    lang: null,
    second: null,
    number: null,
    keys: null,
  };
}

const unlisted = (pages: readonly PaletteItem[], places: readonly Place[]) =>
  pages.filter(({ href }) => !places.some((place) => place.href === href));

const holds = (label: string, wanted: string) => label.toLocaleLowerCase().includes(wanted);
const beginsWith = (label: string, wanted: string) => label.toLocaleLowerCase().startsWith(wanted);

/** Those that begin with it first; otherwise as the navigation has them. */
const sorted = (ways: Way[], wanted: string): Way[] =>
  wanted
    ? [
        ...ways.filter(({ label }) => beginsWith(label, wanted)),
        ...ways.filter(({ label }) => !beginsWith(label, wanted)),
      ]
    : ways;
