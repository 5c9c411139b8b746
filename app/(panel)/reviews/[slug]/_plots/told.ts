import type { Policy } from "#lib/policy/policy.ts";
import type { Figures } from "#lib/usage/read-figures.ts";
import { reviewPath } from "../../address.ts";
import type { Days } from "./days.ts";

/** What the plots of a period are drawn from: nobody is named in it. */
export type Told = {
  slug: string;
  figures: Figures;
  days: Days;
  policy: Policy;
  /** Whether the reader may go on to figures with names. */
  mayName: boolean;
};

export const figuresPath = (slug: string): string => `${reviewPath(slug)}/figures`;
export const peoplePath = (slug: string): string => `${reviewPath(slug)}/people`;

/** The way from a plot to its table. */
export const tableOf = (slug: string, id: string, of: string) => ({
  href: `${figuresPath(slug)}#${id}-table`,
  words: "Table",
  of,
});
