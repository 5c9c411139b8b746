import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { copyBinaries, healLinks, installedBinaries } from "./binaries.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "alongside-binaries-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it("many starts at once copy the binaries once, and leave nothing else behind", async () => {
  const copies = await Promise.all(
    Array.from({ length: 8 }, () => copyBinaries(installedBinaries(), home)),
  );
  const [copy] = new Set(copies);
  if (!copy) throw new Error("There is no copy");
  expect(new Set(copies).size).toBe(1);
  expect(await readdir(home)).toHaveLength(1);
  const { ino } = await stat(join(copy, "bin", "postgres"));
  // Whoever comes later finds the very same: a server may be running from it.
  await copyBinaries(installedBinaries(), home);
  expect((await stat(join(copy, "bin", "postgres"))).ino).toBe(ino);
});

it("many starts at once make the links of one copy", async () => {
  const copy = await copyBinaries(installedBinaries(), home);
  const lib = join(copy, "lib");
  const before = await readdir(lib, { withFileTypes: true });
  const links = before.filter((file) => file.isSymbolicLink()).map(({ name }) => name);
  expect(links.length).toBeGreaterThan(0);
  for (const name of links) await rm(join(lib, name));
  await Promise.all(Array.from({ length: 8 }, () => healLinks(copy)));
  expect((await readdir(lib)).sort()).toEqual(before.map(({ name }) => name).sort());
  for (const name of links) await expect(stat(join(lib, name))).resolves.toBeTruthy();
});
