import { type Markup, markup, type Value } from "./markup.ts";

type Drawing = {
  id: string;
  /** The drawing in a sentence. */
  alt: string;
  width: number;
  height: number;
};

/** What is drawn, with its sentence; the links in it are met one by one. */
export const drawing = ({ id, alt, width, height }: Drawing, inside: Value): Markup =>
  markup`<svg class='plot' viewBox='0 0 ${width} ${height}' role='group' aria-labelledby='${id}-alt'><title id='${id}-alt'>${alt}</title>${inside}</svg>`;

/** A link around what is drawn, where there is one. */
export const linked = (href: string | null, label: string, inside: Value): Markup =>
  href === null
    ? markup`${inside}`
    : markup`<a href='${href}' aria-label='${label}' data-soft>${inside}</a>`;
