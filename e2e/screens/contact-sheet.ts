import { existsSync, globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { addressesOf } from "../fuzz/addresses.ts";
import { findChromium } from "../support/chromium.ts";
import { modes } from "./modes.ts";

const shotSchema = z.object({ area: z.string(), state: z.string(), path: z.string() });
type Shown = z.infer<typeof shotSchema> & { folder: string };

const perSheet = 12;

/**
 * `index.html`: every state, a row each with all its modes. `sheets/<mode>-<n>.png`: twelve states each, to leaf through.
 * Gives the pages of the panel that no picture is of.
 */
export async function contactSheet(folder: string): Promise<string[]> {
  const shots = await readShots(folder);
  await writeFile(join(folder, "index.html"), indexHtml(shots));
  await mkdir(join(folder, "sheets"), { recursive: true });
  const { path, args } = findChromium();
  const browser = await chromium.launch({ executablePath: path, args });
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  for (const { name, width } of modes) {
    const taken = shots.filter(({ folder: of }) => existsSync(join(folder, of, `${name}.png`)));
    const each = width < 500 ? perSheet * 2 : perSheet;
    for (let from = 0; from < taken.length; from += each) {
      const file = join(folder, "sheets", `${name}-${String(from / each + 1).padStart(2, "0")}`);
      const columns = width < 500 ? 8 : 4;
      await writeFile(`${file}.html`, sheetHtml(taken.slice(from, from + each), name, columns));
      await page.goto(pathToFileURL(resolve(`${file}.html`)).href);
      await page.screenshot({ path: `${file}.png`, fullPage: true });
    }
  }
  await browser.close();
  console.log(`${shots.length} states in ${modes.length} modes: ${join(folder, "index.html")}`);
  return addressesOf("page.tsx")
    .map(({ template }) => template)
    .filter((template) => !shots.some(({ path }) => patternOf(template).test(path)));
}

const patternOf = (template: string) =>
  new RegExp(`^${template.replaceAll(/\[[^\]]+\]/g, "[^/]+")}$`);

async function readShots(folder: string): Promise<Shown[]> {
  const files = globSync(`${folder}/*/*/shot.json`).sort();
  const shots = files.map(async (file) => ({
    ...shotSchema.parse(JSON.parse(await readFile(file, "utf8"))),
    folder: relative(folder, dirname(file)),
  }));
  return Promise.all(shots);
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const style = `<style>
body { font: 13px system-ui, sans-serif; margin: 16px; background: #ddd; color: #111 }
figure { margin: 0; min-width: 0 } figcaption { padding: 4px 0 12px; overflow-wrap: anywhere }
img { display: block; width: 100%; border: 1px solid #888; background: #fff }
.grid { display: grid; gap: 16px; align-items: start }
.cut img { max-height: 520px; object-fit: cover; object-position: top }
</style>`;

const figure = ({ area, state }: Shown, src: string, mode: string) =>
  `<figure><a href="${escaped(src)}"><img loading="lazy" src="${escaped(src)}" alt="${escaped(`${area}: ${state}, ${mode}`)}"></a><figcaption><b>${escaped(area)}</b> ${escaped(state)}</figcaption></figure>`;

function sheetHtml(shots: readonly Shown[], mode: string, columns: number): string {
  const figures = shots.map((shot) => figure(shot, `../${shot.folder}/${mode}.png`, mode));
  return `<!doctype html><meta charset="utf-8"><title>${mode}</title>${style}<div class="grid cut" style="grid-template-columns: repeat(${columns}, 1fr)">${figures.join("").replaceAll('loading="lazy" ', "")}</div>`;
}

function indexHtml(shots: readonly Shown[]): string {
  const rows = shots.map((shot) => {
    const figures = modes.map(({ name }) => figure(shot, `${shot.folder}/${name}.png`, name));
    return `<h3>${escaped(shot.area)}: ${escaped(shot.state)} <code>${escaped(shot.path)}</code></h3><div class="grid cut" style="grid-template-columns: repeat(${modes.length}, 1fr)">${figures.join("")}</div>`;
  });
  const names = modes.map(({ name }) => name).join(", ");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens</title>${style}<h1>${shots.length} states</h1><p>${names}</p>${rows.join("\n")}</html>`;
}
