import { keepEmpty } from "#db/testing/limits.ts";
import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { ordinaryPeople, refusalsOf, useUp } from "#e2e/fixtures/limits.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { limits } from "#lib/limits/limits.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const pairs = [...letters].flatMap((one) => [...letters].map((other) => one + other));

test("what is typed is one search; two letters after two letters end, at the API and the page, prefetched or not", async ({
  newcomer,
  databases,
}) => {
  const { page, person } = await newcomer();
  const key = `search:${person.id}`;
  const { most } = limits.search_of_person;
  await page.goto("/");
  await page.getByRole("combobox").pressSequentially("jane ashdown", { delay: 30 });
  await expect(page.getByRole("row", { name: /Pebblewick Bakery/ })).toBeVisible();
  await page.getByRole("row", { name: /Pebblewick Bakery/ }).hover();
  expect(await useUp(databases.owner, key, "search_of_person", 5)).toBe(5);

  const search = (q = "") => page.request.get(`/api/search?q=${q}`);
  let answered = 0;
  while (answered < most && (await search(pairs[answered])).ok()) answered += 1;
  expect(answered).toBeLessThan(most);
  await keepEmpty(databases.owner, key);
  const refused = await search(pairs[most]);
  expect(refused.status()).toBe(429);
  expect(refused.headers()["retry-after"]).toMatch(/^[1-9]\d*$/);
  expect(refused.headers()["content-type"]).toBe("application/problem+json");

  const asPrefetch: Record<string, string>[] = [
    {},
    { rsc: "1", "next-router-prefetch": "1" },
    { purpose: "prefetch" },
  ];
  for (const headers of asPrefetch) {
    const read = await page.request.get("/?q=ashdown", { headers });
    expect(await read.text()).not.toContain("Tallowfield");
  }
  await page.goto("/?q=ashdown");
  await expect(
    page.getByRole("heading", { name: /You have searched too often: try again in/ }),
  ).toBeVisible();
  await expect(page.getByRole("combobox")).toHaveValue("ashdown");
  await expectAccessibleInBoth(page, "search, too often");
  expect(
    await refusalsOf(databases.owner, "search_of_person", { actorId: person.id }),
  ).toBeGreaterThan(3);
});

test("person after person, and page after page of an account, end too", async ({
  newcomer,
  databases,
}) => {
  const { page, person } = await newcomer();
  const { owner } = databases;
  const [first, second] = await ordinaryPeople(owner, 2);
  if (!first || !second) throw new Error("There are too few people");
  await page.goto(`/customers/${first.id}`);
  await expect(page.getByRole("heading", { name: first.name, level: 1 })).toBeVisible();

  const openings = `opening_by_person:${person.id}`;
  await useUp(owner, openings, "opening_by_person", 60);
  await keepEmpty(owner, openings);
  await page.goto(`/customers/${second.id}`);
  await expect(
    page.getByRole("heading", { name: "You have opened too many customers" }),
  ).toBeVisible();
  await expect(page.getByText(second.name)).toHaveCount(0);
  await expectAccessibleInBoth(page, "too many customers opened");
  await page.goto(`/customers/${second.id}/start`);
  await expect(
    page.getByRole("heading", { name: "You have opened too many customers" }),
  ).toBeVisible();
  // Whom they opened a moment ago is a call that goes on.
  await page.goto(`/customers/${first.id}`);
  await expect(page.getByRole("heading", { name: first.name, level: 1 })).toBeVisible();
  const { rowCount } = await owner.query(
    "select 1 from audit_entry where event = 'subject.opened' and actor_id = $1",
    [person.id],
  );
  expect(rowCount).toBe(1);

  const another = await newcomer();
  const searches = `search:${another.person.id}`;
  await useUp(owner, searches, "search_of_person", 60);
  await keepEmpty(owner, searches);
  const { rows } = await owner.query<{ account_id: string }>(
    "select account_id from subjects where id = $1",
    [second.id],
  );
  await another.page.goto(`/customers/accounts/${rows[0]?.account_id}`);
  await expect(another.page.getByRole("heading", { name: /Try again in/ })).toBeVisible();
  await expect(another.page.getByText(second.name)).toHaveCount(0);
});
