import type { Page } from "@playwright/test";

type Media = Parameters<Page["emulateMedia"]>[0];
export type Mode = { name: string; width: number; height: number; media: Media };

const plain: Media = { media: "screen", colorScheme: "light", forcedColors: "none" };

/** How each state is looked at. Twice as large is half as wide: that is what the browser's own zoom does to a page. */
export const modes: readonly Mode[] = [
  { name: "wide-light", width: 1440, height: 900, media: plain },
  { name: "wide-dark", width: 1440, height: 900, media: { ...plain, colorScheme: "dark" } },
  { name: "narrow-light", width: 390, height: 844, media: plain },
  { name: "narrow-dark", width: 390, height: 844, media: { ...plain, colorScheme: "dark" } },
  { name: "zoomed", width: 720, height: 450, media: plain },
  { name: "forced", width: 1440, height: 900, media: { ...plain, forcedColors: "active" } },
  { name: "print", width: 794, height: 1123, media: { ...plain, media: "print" } },
];
