import { type Action, act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { ask } from "#e2e/fixtures/caller.ts";
import { inLedger } from "#e2e/fixtures/ledger.ts";
import { withPolicy } from "#e2e/fixtures/policy.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { eventsBy, stateOfAll } from "#e2e/fixtures/untouched.ts";

const olu = "olu@pebblewick.test";
const jane = "jane.ashdown@tallowfield.test";
const askToStandIn: Action = actionNamed("askToStandIn");

/** Everything that a form of ours sends, and more, as parameters of an address. */
const everything = (subject: string) => ({
  ...{ subject, subjectId: subject, ticket: "SUP-4837", url: inLedger("/invoices") },
  ...{
    reasonCategory: "bug",
    reason: "She says that it was sent twice.",
    callerCheck: "call_back",
  },
  ...{ scope: "write", minutes: "60", ends: subject, submit: "1", start: "1", again: subject },
});

test("a link with every parameter starts, asks and ends nothing, read, prefetched, reloaded or twice", async ({
  caller,
  newcomer,
  databases: { owner },
}) => {
  const agent = await caller();
  const subject = await subjectOf(owner, olu);
  const sensitive = await subjectOf(owner, jane);
  const live = await started(agent, await subjectOf(owner, "halvor@ardentloom.test"));
  const before = await stateOfAll(owner);
  const ways: Record<string, string>[] = [
    {},
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { "sec-purpose": "prefetch;prerender" },
    { "x-http-method-override": "POST" },
  ];
  for (const who of [subject, sensitive, olu, jane])
    for (const path of ["/start", "/", `/customers/${subject}/start`, `/sessions/${live}`])
      for (const headers of ways)
        for (const method of ["GET", "HEAD", "GET"]) {
          const query = new URLSearchParams(everything(who));
          const answer = await ask(`${path}?${query}`, agent, { method, headers });
          expect(answer.status, path).toBeLessThan(500);
        }
  expect(await stateOfAll(owner)).toEqual(before);
  for (const event of await eventsBy(owner, agent.person.id))
    expect(event).toMatch(/^(subject\.opened|request\.(asked|granted)|session\.started)$/);

  const { page } = await newcomer();
  const now = await stateOfAll(owner);
  await page.goto(`/start?${new URLSearchParams(everything(subject))}`);
  await expect(page.getByRole("heading", { name: "Stand in for Olu Braithe" })).toBeVisible();
  await page.reload();
  await page.goBack();
  await page.goForward();
  await expect(page.getByRole("heading", { name: "Stand in for Olu Braithe" })).toBeVisible();
  expect(await stateOfAll(owner)).toEqual(now);
});

test("a page of another origin is named and left out of the form, and refused by the verb", async ({
  newcomer,
  caller,
  databases: { owner },
}) => {
  const { page } = await newcomer();
  const agent = await caller();
  const subject = await subjectOf(owner, olu);
  const foreign = [
    "https://evil.test/invoices",
    `${inLedger("")}.evil.test/`,
    "javascript:alert(1)",
  ];
  for (const url of foreign) {
    await page.goto(`/start?${new URLSearchParams({ subject, url })}`);
    await expect(page.getByText(/is not one of Ledger: it opens on its first page/)).toBeVisible();
    await expect(page.locator("input[name=targetLinkUri]")).toHaveValue("");
  }
  for (const targetLinkUri of foreign) {
    const answer = await act(askToStandIn, agent, {
      ...{ subjectId: subject, reasonCategory: "configuration_check", scope: "read" },
      ...{ reason: "The reminders go out on the wrong day.", callerCheck: "call_back" },
      ...{ minutes: "30", targetLinkUri },
    });
    expect(refusedWith(answer), targetLinkUri).toBe("invalid");
  }
});

test("who is another team's is answered as nobody is, by id, mail and page", async ({
  newcomer,
  databases: { owner },
}) => {
  const { page, person } = await newcomer();
  const { rows } = await owner.query<{ id: string; external: string }>(
    "select id, external_id as external from subjects where email = $1",
    [olu],
  );
  const [row] = rows;
  if (!row) throw new Error("There is none");
  const reach = [{ team: person.team, regions: ["Nowhere"] }];
  await withPolicy(owner, { reach }, async () => {
    const texts: string[] = [];
    for (const subject of [row.id, row.external, olu, "usr_nobody"]) {
      await page.goto(`/start?${new URLSearchParams({ subject })}`);
      await expect(page.getByRole("heading", { name: "Nobody is known by that" })).toBeVisible();
      texts.push(((await page.getByRole("main").textContent()) ?? "").replaceAll(subject, "…"));
    }
    expect(new Set(texts).size).toBe(1);
    await page.goto(`/start?${new URLSearchParams({ url: inLedger(`/users/${row.external}`) })}`);
    await expect(page.getByText(/does not say in its address whose it is/)).toBeVisible();
    await expect(page.getByText("Olu Braithe")).toHaveCount(0);
  });
});

test("who may not start, and who is signed out, is led by no link", async ({
  newcomer,
  somebody,
  databases: { owner },
}) => {
  const subject = await subjectOf(owner, olu);
  for (const role of ["manager", "compliance", "admin"] as const) {
    const { page } = await newcomer([role]);
    const answer = await page.goto(`/start?subject=${subject}`);
    expect(answer?.status()).toBe(403);
    await expect(page.getByText("Olu Braithe")).toHaveCount(0);
  }
  const page = await somebody();
  await page.goto(`/start?subject=${subject}`);
  await expect(page).toHaveURL(/\/sign-in\?/);
  await expect(page.getByText("Olu Braithe")).toHaveCount(0);
});
