import { act, actionNamed, refusedWith } from "#e2e/fixtures/actions.ts";
import { ask } from "#e2e/fixtures/caller.ts";
import { persona } from "#e2e/fixtures/staff.ts";
import { subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";
import { refusalsOf } from "#e2e/fixtures/untouched.ts";
import { stack } from "#e2e/support/stack.ts";

const nasty = [
  "https://evil.test/",
  "//evil.test",
  "///evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "/\t/evil.test",
  "/%09/evil.test",
  "/\n/evil.test",
  "/\r\nLocation: https://evil.test",
  "https:evil.test",
  "https:/evil.test",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "/x/..//evil.test",
  "/%2e%2e//evil.test",
  "\u3002//evil.test",
  "/\u2215evil.test",
  "//evil\u3002test",
  "http://localhost@evil.test/",
  "/@evil.test/../..//evil.test",
];
const own = () => new URL(stack().panelUrl).origin;

/** Where a browser would be after following it. */
const originOf = (location: string): string => new URL(location, own()).origin;

test("no return parameter of the sign-in leads away", async () => {
  const { id } = persona("Oriel Vantreight");
  for (const from of nasty) {
    const answer = await ask("/sign-in/persona", null, {
      method: "POST",
      headers: { origin: own(), "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ staffId: id, from }).toString(),
    });
    expect(answer.status, from).toBe(303);
    expect(originOf(answer.headers.location ?? "https://none.test"), from).toBe(own());
  }
});

for (const name of [
  "from",
  "returnPath",
  "next",
  "callbackUrl",
  "redirect",
  "post_logout_redirect_uri",
])
  test(`${name} leads nobody away from any page`, async ({ caller }) => {
    const agent = await caller();
    for (const value of nasty)
      for (const path of ["/sign-in", "/", "/api/auth/callback/company"]) {
        const answer = await ask(`${path}?${new URLSearchParams({ [name]: value })}`, agent);
        expect(answer.status, `${path} ${value}`).toBeLessThan(500);
        const { location } = answer.headers;
        if (location) expect(originOf(location), value).toBe(own());
        for (const [, href = ""] of answer.text.matchAll(/<a [^>]*href="([^"]*)"/g)) {
          const led = originOf(href.replaceAll("&amp;", "&"));
          expect([own(), stack().ledgerUrl], `${path} ${value}`).toContain(led);
        }
      }
  });

test("target_link_uri leads to the product alone, and the try is on record", async ({
  caller,
  databases,
}) => {
  const agent = await caller();
  const subjectId = await subjectOf(databases.owner, "olu@pebblewick.test");
  const product = stack().ledgerUrl;
  const tries = [
    ...nasty.filter((address) => URL.canParse(address)),
    `${product}@evil.test/`,
    `${product}.evil.test/`,
    product.replace("http:", "https:"),
  ];
  for (const targetLinkUri of tries) {
    const answer = await act(actionNamed("askToStandIn"), agent, {
      subjectId,
      reasonCategory: "configuration_check",
      reason: "The reminders go out on the wrong day.",
      callerCheck: "call_back",
      scope: "read",
      minutes: "30",
      targetLinkUri,
    });
    expect(refusedWith(answer), targetLinkUri).toBe("invalid");
  }
  const refused = await refusalsOf(databases.owner, agent.person.id);
  expect(refused).toEqual(tries.map(() => ({ event: "request.refused", refused: "invalid" })));
});
