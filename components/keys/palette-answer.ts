import "#components/no-eval.ts";
import { z } from "zod";
import type { IconName } from "../ui/icon.tsx";

const icons = [
  "bell",
  "doc",
  "download",
  "eye",
  "flag",
  "gear",
  "inbox",
  "info",
  "key",
  "list",
  "live",
  "out",
  "pen",
  "review",
  "seal",
  "stop",
  "two",
] as const satisfies readonly IconName[];

const item = z.object({
  href: z.string().startsWith("/"),
  label: z.string(),
  /** Of the name in the label. */
  lang: z.string().nullable(),
  /** What tells it from others: the account, how it stands. */
  second: z.string().nullable(),
  /** Others are called so too: the second tells who is meant. */
  shared: z.boolean().optional(),
  /** How people write its number: "R-20618". */
  number: z.string().nullable(),
  face: z.enum(["person", "staff", "account", ...icons]),
});
/** Somewhere to go to. Going there does nothing else. */
export type PaletteItem = z.infer<typeof item>;

/** What `/api/palette` answers: with nothing typed what is near to the reader, and every page that is theirs. */
export const paletteAnswer = z.object({
  q: z.string(),
  groups: z.array(z.object({ title: z.string(), items: z.array(item) })),
  pages: z.array(item),
});
export type PaletteAnswer = z.infer<typeof paletteAnswer>;
