import type { Page } from "@playwright/test";
import { allPages } from "#e2e/fixtures/routes.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const id = "01900000-0000-7000-8000-000000000000";

/** What the browser kept a page of ours from, since it was opened. */
async function watch(page: Page): Promise<string[]> {
  const kept: string[] = [];
  page.on("console", (said) => {
    if (/Content.Security.Policy|kept from/i.test(said.text())) kept.push(said.text());
  });
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
      console.error(`kept from ${effectiveDirective} ${blockedURI}`),
    ),
  );
  return kept;
}

for (const roles of [["agent", "manager", "admin"], ["compliance"]] as const)
  test(`no page needs what the policy forbids: ${roles.join(", ")}`, async ({ newcomer }) => {
    const { page } = await newcomer(roles);
    const kept = await watch(page);
    const routes = allPages();
    expect(routes.length).toBeGreaterThan(30);
    for (const route of [...routes, "/nothing-here"]) {
      await page.goto(route.replace(/\[[^\]]*\]/g, id));
      await expect(page.getByRole("heading", { level: 1 }), route).toBeVisible();
      expect(kept, route).toEqual([]);
    }
  });

test("nor does the sign-in, nor what is not there, for somebody unknown", async ({ somebody }) => {
  const page = await somebody();
  const kept = await watch(page);
  for (const path of ["/sign-in", "/sign-in?from=/audit", "/nothing-here"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  expect(kept).toEqual([]);
});

test("nor does a page that fails", async ({ newcomer, databases }) => {
  const { page } = await newcomer(["manager", "admin"]);
  const kept = await watch(page);
  await databases.owner.query("alter table breadth_lifts rename to breadth_lifts_away");
  try {
    await page.goto("/requests/breadth");
    await expect(page.getByRole("heading", { name: "This page could not be shown" })).toBeVisible();
  } finally {
    await databases.owner.query("alter table breadth_lifts_away rename to breadth_lifts");
  }
  expect(kept).toEqual([]);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "This page" })).toBeHidden();
  expect(kept).toEqual([]);
});

test("and what the policy forbids is kept from running", async ({ newcomer }) => {
  const { page } = await newcomer();
  const kept = await watch(page);
  await page.goto("/");
  const ran = await page.evaluate(() => {
    const holder = document.createElement("div");
    holder.innerHTML = `<img src="data:," onerror="window.name = 'ran'"><style>body { opacity: 0 }</style>`;
    document.body.append(holder);
    return new Promise<string>((resolve) =>
      document.addEventListener("securitypolicyviolation", () =>
        resolve(`${window.name}${getComputedStyle(document.body).opacity}`),
      ),
    );
  });
  expect(ran).toBe("1");
  await expect.poll(() => kept.length).toBeGreaterThan(0);
});
