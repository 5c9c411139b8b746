import {
  authorize,
  challengeOf,
  newVerifier,
  sentBack,
  sessionState,
  wellAsked,
} from "#e2e/fixtures/oauth.ts";
import { ledger } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

type Query = Record<string, string>;
const without = (name: string) => (query: Query) =>
  Object.fromEntries(Object.entries(query).filter(([other]) => other !== name));
const withIt = (over: Query) => (query: Query) => ({ ...query, ...over });

const attacks: [string, (query: Query) => Query, string][] = [
  ["plain", withIt({ code_challenge_method: "plain" }), "invalid_request"],
  ["S256 in another case", withIt({ code_challenge_method: "s256" }), "invalid_request"],
  ["no method, which RFC 7636 reads as plain", without("code_challenge_method"), "invalid_request"],
  ["no challenge", without("code_challenge"), "invalid_request"],
  ["an empty challenge", withIt({ code_challenge: "" }), "invalid_request"],
  ["a short challenge", withIt({ code_challenge: "A".repeat(42) }), "invalid_request"],
  [
    "a padded challenge",
    withIt({ code_challenge: `${challengeOf(newVerifier())}=` }),
    "invalid_request",
  ],
  ["no state", without("state"), "invalid_request"],
  ["an empty state", withIt({ state: "" }), "invalid_request"],
  ["no hint", without("login_hint"), "invalid_request"],
  ["a hint that is no id", withIt({ login_hint: "S-41128" }), "invalid_request"],
  ["no response type", without("response_type"), "invalid_request"],
  ["a token right away", withIt({ response_type: "token" }), "unsupported_response_type"],
  ["a code and a token", withIt({ response_type: "code token" }), "unsupported_response_type"],
  ["an id token", withIt({ response_type: "id_token" }), "unsupported_response_type"],
];

test("no code without S256, state and a hint, and the product is told why", async ({
  caller,
  databases: { owner },
  urls,
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "code.refused");

  for (const [name, change, error] of attacks) {
    const answer = await authorize(agent, change(wellAsked(sid)));
    expect(answer.status, name).toBe(303);
    expect(answer.headers.location?.startsWith(`${ledger().redirectUri}?`), name).toBe(true);
    const back = sentBack(answer);
    expect(back?.get("error"), name).toBe(error);
    expect(back?.get("iss"), name).toBe(urls.panel);
    expect(back?.has("code"), name).toBe(false);
    expect(answer.headers["cache-control"], name).toBe("no-store");
  }
  expect(await sessionState(owner, sid)).toBe(before);
  expect((await refused()).map(({ body }) => body.error)).toEqual(attacks.map((a) => a[2]));

  expect(sentBack(await authorize(agent, wellAsked(sid)))?.has("code")).toBe(true);
});
