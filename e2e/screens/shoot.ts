import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { test as signedInTest } from "#e2e/fixtures/test.ts";
import { screensFolder } from "./folder.ts";
import { modes } from "./modes.ts";

/** What a picture is of. `area` is a heading of the contact sheet. */
export type Shot = { area: string; state: string; path: string };

type Shoot = (page: Page, area: string, state: string) => Promise<void>;

/**
 * Takes a page as it stands now in every mode. A page that can be pushed sideways is said at once: it is wrong in any
 * state.
 */
export const test = signedInTest.extend<{ shoot: Shoot }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names out of the pattern
  shoot: async ({}, use) => {
    await use(async (page, area, state) => {
      await base.step(`${area}: ${state}`, async () => {
        const folder = join(screensFolder, named(area), named(state));
        const { pathname: path } = new URL(page.url());
        await mkdir(folder, { recursive: true });
        const shot: Shot = { area, state, path };
        await writeFile(join(folder, "shot.json"), JSON.stringify(shot));
        for (const mode of modes) {
          await page.setViewportSize({ width: mode.width, height: mode.height });
          await page.emulateMedia(mode.media);
          await page.evaluate(() => document.fonts.ready.then(() => undefined));
          const file = join(folder, `${mode.name}.png`);
          await mkdir(dirname(file), { recursive: true });
          await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
          if (mode.name === "print") continue;
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect.soft(over, `${state}, ${mode.name}: wider than the window by`).toBeLessThan(1);
        }
        const [first] = modes;
        if (first) await page.emulateMedia(first.media);
        await page.setViewportSize({ width: 1440, height: 900 });
      });
    });
  },
});

export { expect };

/** A name that is a folder too. */
const named = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
