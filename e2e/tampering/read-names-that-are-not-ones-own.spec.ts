import { ask } from "#e2e/fixtures/caller.ts";
import { ordinaryPeople, standInForEach } from "#e2e/fixtures/limits.ts";
import { reviewOf } from "#e2e/fixtures/reviews.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

const parts = ["", "/figures", "/people", "/list", "/reviewers"];

test("a manager without an item in a review, and an agent, read nothing of it", async ({
  caller,
  databases,
}) => {
  const [agent, lead, other] = [
    await caller(),
    await caller(["manager"]),
    await caller(["manager"]),
  ];
  const review = await reviewOf(databases.owner, { [agent.person.id]: lead.person.id });
  for (const part of parts) {
    const path = `/reviews/${review.slug}${part}`;
    expect((await ask(path, other)).status, `${path}, a manager`).toBe(404);
    expect((await ask(path, agent)).status, `${path}, an agent`).toBe(403);
  }
  expect((await ask(`/reviews/${review.slug}/people`, lead)).status).toBe(200);
  expect((await ask(`/reviews/${review.slug}/reviewers`, lead)).status).toBe(404);
});

test("the plots of a review are the same for everybody, and name nobody who is in them", async ({
  caller,
  newcomer,
  databases,
}) => {
  const agent = await newcomer();
  await standInForEach(agent, await ordinaryPeople(databases.owner, 1));
  const { slug } = await reviewOf(databases.owner, {});
  const [admin, compliance] = [await caller(["admin"]), await caller(["compliance"])];
  for (const reader of [admin, compliance]) {
    const { status, text } = await ask(`/reviews/${slug}/figures`, reader);
    expect(status).toBe(200);
    expect(text).not.toContain(agent.person.name);
  }
  const people = await ask(`/reviews/${slug}/people`, admin);
  expect(people.text).toContain("Names are for managers and compliance");
  expect(people.text).not.toContain(agent.person.name);
});
