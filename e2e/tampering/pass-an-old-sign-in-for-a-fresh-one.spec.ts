import { expect, test } from "#e2e/fixtures/hostile.ts";
import type { Lies } from "#e2e/support/hostile-issuer.ts";

const now = () => Math.floor(Date.now() / 1000);

test("an issuer that did not ask anew, does not say so, or answers another browser or twice renews nothing", async ({
  besieged,
  somebody,
}) => {
  const { issuer, at, owner, admin } = besieged;
  issuer.lies = {};
  const page = await somebody();
  await page.goto(at("/sign-in"));
  await page.getByRole("button", { name: "Sign in with your company account" }).click();
  await expect(page).toHaveURL(at("/"));
  const state = async () => {
    const { rows } = await owner.query(
      "select id, auth_time, auth_said, acr, renewed_entry_id, ended_at from staff_sign_ins where staff_id = $1 order by created_at desc limit 1",
      [admin.id],
    );
    return rows[0];
  };
  const before = await state();
  // It never said when: that is no proof.
  expect(before.auth_said).toBe(false);

  await page.goto(at("/sign-in/again?from=/sessions/live"));
  const again = page.getByRole("button", { name: "Sign in again with your company account" });
  const lies: [string, Lies, string][] = [
    ["no auth_time", {}, "does not say when it asked you"],
    ["an old auth_time", { claims: { auth_time: now() - 3600 } }, "did not ask you anew"],
    ["of a minute ago", { claims: { auth_time: now() - 60 } }, "did not ask you anew"],
    [
      "somebody else",
      { claims: { auth_time: now() + 2, sub: "another", email: "another@acme.test" } },
      "Somebody else signed in there",
    ],
    ["another nonce", { claims: { auth_time: now() + 2, nonce: "mine" } }, "That was not taken"],
    ["another state", { redirect: { state: "mine" } }, "You are not signed in"],
    ["another key", { claims: { auth_time: now() + 2 }, anotherKey: true }, "That was not taken"],
  ];
  for (const [what, lie, text] of lies) {
    issuer.lies = lie;
    await page.goto(at("/sign-in/again?from=/sessions/live"));
    await again.click();
    await expect(page.getByRole("alert").filter({ hasText: text }), what).toBeVisible();
    expect(await state(), what).toEqual(before);
  }
  const asked = issuer.asked.at(-1);
  expect(asked?.get("max_age")).toBe("0");
  expect(asked?.get("prompt")).toBe("login");
  expect(asked?.has("acr_values")).toBe(false);

  // What this browser began is taken by no other, and counts once.
  issuer.lies = { claims: { auth_time: now() + 2 } };
  await page.goto(at("/sign-in/again?from=/sessions/live"));
  const answered = page.waitForRequest((request) => request.url().includes("/api/auth/callback/"));
  await again.click();
  const answer = (await answered).url();
  await expect(page).toHaveURL(at("/sessions/live"));
  const renewed = await state();
  expect(renewed).toMatchObject({ id: before.id, auth_said: true, ended_at: null });
  expect(renewed.auth_time.getTime()).toBeGreaterThan(before.auth_time.getTime());
  for (const browser of [await somebody(), page]) {
    await browser.goto(answer);
    await expect(
      browser.getByRole("alert").filter({ hasText: "not begun in this browser" }),
    ).toBeVisible();
    expect(await state()).toEqual(renewed);
  }
});
