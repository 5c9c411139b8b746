import { globSync } from "node:fs";
import { dirname, relative } from "node:path";

/** An address of the panel: its segments, `[id]` where something is to be filled in, `[...rest]` for several. */
export type Address = { file: string; template: string };

/** Every address that a file of this name makes, read from the folders: a new one cannot be forgotten. */
export const addressesOf = (file: "route.ts" | "page.tsx"): Address[] =>
  globSync(`app/**/${file}`)
    .sort()
    .map((found) => {
      const folders = relative("app", dirname(found)).split("/");
      const shown = folders.filter((folder) => folder !== "" && !/^[(@]/.test(folder));
      return { file: found, template: `/${shown.join("/")}` };
    });

/** The address with each place filled in, in order. */
export function filled({ template }: Address, fill: readonly string[]): string {
  const rest = [...fill];
  return template.replaceAll(/\[[^\]]+\]/g, () => rest.shift() ?? "x");
}
