import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bookmarklet, linkTemplate } from "./ways.ts";

const origin = "https://alongside.example.com";

it("the guide and the panel say the same", () => {
  const guide = readFileSync("docs/help-desk.md", "utf8");
  expect(guide).toContain(`\n${linkTemplate(origin)}\n`);
  expect(guide).toContain(`\n${bookmarklet(origin)}\n`);
});
