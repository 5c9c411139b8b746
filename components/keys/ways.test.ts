import { expect, it } from "vitest";
import type { PaletteItem } from "./palette-answer.ts";
import { wayGroups } from "./ways.ts";

const places = [
  { href: "/", label: "Search", icon: "search", key: "s" },
  { href: "/requests", label: "My requests", icon: "inbox", key: "r" },
  { href: "/audit", label: "Audit log", icon: "doc", key: "a" },
];
const item = (href: string, label: string): PaletteItem => ({
  ...{ href, label, lang: null, second: null, number: null, face: "person" },
});
const pages = [item("/me/devices", "My devices"), item("/audit", "Audit log")];
const found = [{ title: "People", items: [item("/customers/1", "Audrey Lund")] }];
const origin = "https://alongside.test";
const named = (text: string) =>
  wayGroups({ text, found: text ? found : [], places, pages, origin }).map(({ title, ways }) => [
    title,
    ...ways.map(({ label }) => label),
  ]);

it("lists every page once while nothing is typed", () => {
  expect(named("")).toEqual([["Pages", "Search", "My requests", "Audit log", "My devices"]]);
});

it("puts people first, and a page that is called so before them", () => {
  expect(named("lund")).toEqual([
    ["People", "Audrey Lund"],
    ["Search", "Search people for “lund”"],
  ]);
  expect(named("AUD").map(([title]) => title)).toEqual(["Pages", "People", "Search"]);
  expect(named("my").at(0)).toEqual(["Pages", "My requests", "My devices"]);
});

it("leads on to the whole search, whatever was typed", () => {
  const last = wayGroups({ text: " a&b ", found: [], places, pages, origin }).at(-1)?.ways.at(-1);
  expect(last?.href).toBe("/?q=a%26b");
});

it("never does anything: every way is an address, and none of an action", () => {
  const ways = wayGroups({ text: "s", found, places, pages, origin }).flatMap(
    (group) => group.ways,
  );
  for (const { href } of ways) expect(href).toMatch(/^\/(?!api|oauth)/);
});

it("opens a pasted page of the panel, and no other address, handler or door", () => {
  const first = (text: string) =>
    wayGroups({ text, found: [], places, pages, origin }).flatMap((group) => group.ways)[0]?.href;
  expect(first(`${origin}/requests/1?x=2`)).toBe("/requests/1?x=2");
  for (const other of [
    "/api/pulse",
    "/oauth/authorize?x",
    "/sessions/1/enter",
    "/audit/exports/1/file",
  ])
    expect(first(origin + other)).toMatch(/^\/\?q=/);
  for (const other of [
    "https://evil.test/requests/1",
    "javascript:alert(1)",
    "//evil.test/requests",
  ])
    expect(first(other)).toMatch(/^\/\?q=/);
});
