import { expectAccessibleInBoth } from "#e2e/fixtures/axe.ts";
import { askFrom, retryAfterIn, untilAnswered } from "#e2e/fixtures/from-elsewhere.ts";
import { refusalsOf, useUp } from "#e2e/fixtures/limits.ts";
import { wellAsked } from "#e2e/fixtures/oauth.ts";
import { hireOne } from "#e2e/fixtures/staff.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";
import { limits } from "#lib/limits/limits.ts";

const flooder = "127.0.0.81";

test("one network that signs in on and on is refused, with when; others are not", async ({
  urls,
  databases,
}) => {
  const signIn = (from: string, more: Record<string, string> = {}) =>
    askFrom(`${urls.panel}/sign-in/persona`, {
      from,
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: urls.panel,
        ...more,
      },
      body: "staffId=nobody",
    });
  // The rest of what there is, asked for at once, is refused whatever runs in meanwhile.
  await useUp(
    databases.owner,
    `sign_in_from_source:${flooder}`,
    "sign_in_from_source",
    limits.sign_in_from_source.most - 5,
  );
  const often = await untilAnswered(429, 400, () => signIn(flooder));
  const seconds = retryAfterIn(often);
  expect(often.headers.refresh).toBe(`0; url=/sign-in?error=too_often&seconds=${seconds}#refused`);
  expect(
    (await untilAnswered(429, 50, () => signIn(flooder, { "x-forwarded-for": "192.0.2.1" })))
      .status,
  ).toBe(429);
  await untilAnswered(429, 50, () =>
    askFrom(`${urls.panel}/api/auth/callback/company`, { from: flooder }),
  );
  expect((await signIn("127.0.0.82")).status).toBe(303);
  expect(
    await refusalsOf(databases.owner, "sign_in_from_source", { source: flooder }),
  ).toBeGreaterThanOrEqual(3);
});

test("one person who signs in on and on is refused, in words, and nobody else", async ({
  somebody,
  databases,
}) => {
  const person = await hireOne(databases.owner);
  await useUp(
    databases.owner,
    `sign_in_of_person:${person.id}`,
    "sign_in_of_person",
    limits.sign_in_of_person.most,
  );
  const page = await somebody();
  await page.goto(`/sign-in?name=${encodeURIComponent(person.name)}`);
  await page.getByRole("button", { name: person.name }).click();
  await expect(
    page.getByRole("heading", { name: "You are not signed in: it was tried too often" }),
  ).toBeVisible();
  await expectAccessibleInBoth(page, "sign-in, too often");
  const { rowCount } = await databases.owner.query(
    "select 1 from staff_sign_ins where staff_id = $1",
    [person.id],
  );
  expect(rowCount).toBe(0);
  expect(await refusalsOf(databases.owner, "sign_in_of_person", { actorId: person.id })).toBe(1);

  await page.goto("/sign-in?error=too_often&seconds=12");
  await expect(page.getByText("Try again in 12 s.")).toBeVisible();
  await page.goto("/sign-in?error=too_often&seconds=<b>");
  await expect(page.getByText("Try again in a few minutes.")).toBeVisible();
});

test("who asks for codes on and on without a sign-in holds up nobody signed in behind the same address", async ({
  urls,
  databases,
  caller,
}) => {
  const office = "127.0.0.83";
  const [agent, colleague] = [await caller(), await caller()];
  const authorize = (cookie = "") =>
    askFrom(`${urls.panel}/oauth/authorize?${new URLSearchParams(wellAsked(newId()))}`, {
      from: office,
      headers: { cookie },
    });
  await useUp(
    databases.owner,
    `authorize_from_source:${office}`,
    "authorize_from_source",
    limits.authorize_from_source.most - 5,
  );
  await untilAnswered(429, 100, () => authorize());
  for (const { cookie } of [agent, colleague, agent])
    expect((await authorize(cookie)).headers.location).toContain("error=access_denied");
  // A person who asks like that is held up alone.
  await useUp(
    databases.owner,
    `authorize_of_person:${agent.person.id}`,
    "authorize_of_person",
    limits.authorize_of_person.most,
  );
  await untilAnswered(429, 10, () => authorize(agent.cookie));
  expect((await authorize(colleague.cookie)).status).toBe(303);
});
