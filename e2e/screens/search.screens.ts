import { persona } from "#e2e/fixtures/staff.ts";
import { test } from "./shoot.ts";
import { tour } from "./tour.ts";

const area = "Search";
const results = "**/api/search**";

test("search", async ({ newcomer, signedIn, shoot }) => {
  const { page: fresh } = await newcomer();
  await tour(fresh, shoot, [[area, "nothing yet", "/"]]);
  const { page } = await signedIn(persona("Teodora Quill"));
  await tour(page, shoot, [
    [area, "recents", "/"],
    [area, "hits", "/?q=jane"],
    [area, "a slip forgiven", "/?q=ashdwon"],
    [area, "two letters", "/?q=ja"],
    [area, "no match", "/?q=nobody+is+called+so"],
  ]);
  const { page: manager } = await signedIn(persona("Runa Castellane"));
  await tour(manager, shoot, [
    [area, "who stands in for nobody, begin to type", "/"],
    [area, "who stands in for nobody, hits", "/?q=jane"],
  ]);
});

test("search that does not answer", async ({ signedIn, shoot }) => {
  const { page } = await signedIn(persona("Teodora Quill"));
  const answers = [
    ["refused, too often", { status: 429, headers: { "retry-after": "40" } }],
    ["signed out meanwhile", { status: 401 }],
    ["failed", { status: 500 }],
  ] as const;
  for (const [state, answer] of answers) {
    await page.goto("/");
    await page.route(results, (route) => route.fulfill(answer));
    await page.getByRole("combobox").first().pressSequentially("jane");
    await page.locator(".empty").first().waitFor();
    await shoot(page, area, state);
    await page.unroute(results);
  }
  await page.goto("/");
  // Never answered.
  await page.route(results, () => {});
  await page.getByRole("combobox").first().pressSequentially("jane");
  await shoot(page, area, "loading");
});

test("keys and palette", async ({ signedIn, shoot }) => {
  const { page } = await signedIn(persona("Teodora Quill"));
  await page.goto("/sessions");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").waitFor();
  await shoot(page, "Keys", "palette, empty");
  await page.keyboard.type("jane");
  await shoot(page, "Keys", "palette, typed");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await shoot(page, "Keys", "list of keys");
});
