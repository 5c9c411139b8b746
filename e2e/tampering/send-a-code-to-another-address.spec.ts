import { authorize, sentBack, sessionState, wellAsked } from "#e2e/fixtures/oauth.ts";
import { ledger } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { started, subjectOf } from "#e2e/fixtures/standing-in.ts";
import { expect, test } from "#e2e/fixtures/test.ts";

/** Addresses that somebody's comparison somewhere has taken for the registered one. */
function nearMisses(): string[] {
  const own = ledger().redirectUri;
  const { host, port, hostname } = new URL(own);
  const at = (authority: string, path = "/alongside/callback") => `http://${authority}${path}`;
  return [
    at("evil.test"),
    at(`localhost:${port}`),
    at(`[::1]:${port}`),
    at(`127.1:${port}`),
    at(`2130706433:${port}`),
    at(`${hostname}.evil.test:${port}`),
    at(`127。0。0。1:${port}`),
    at(`①②⑦.0.0.1:${port}`),
    at(`${hostname}:${Number(port) + 1}`),
    at(hostname),
    at(`evil.test@${host}`),
    at(`${host}@evil.test`),
    at(`${host}:@evil.test`),
    at(`${host}\\@evil.test`),
    at(host, "/alongside/callback/"),
    at(host, "/Alongside/callback"),
    at(host, "/alongside/callbackx"),
    at(host, "/alongside"),
    at(host, "/"),
    at(host, "/alongside/callback/../callback"),
    at(host, "/alongside/./callback"),
    at(host, "/alongside/callback/..%2f..%2finvoices"),
    at(host, "/alongside/%63allback"),
    at(host, "//alongside/callback"),
    at(host, "/alongside/callback;x"),
    `${own}?next=https://evil.test`,
    `${own}?`,
    `${own}#`,
    `${own}#evil`,
    `${own}%00`,
    `${own}\0`,
    `${own}\n`,
    `${own} `,
    ` ${own}`,
    own.replace("http:", "HTTP:"),
    own.replace("http:", "https:"),
    own.replace("http://", "http:/"),
    own.replace("http:", ""),
    own.toUpperCase(),
    encodeURIComponent(own),
    `${own},http://evil.test/`,
    "javascript:alert(1)",
    "data:text/html,x",
    "/alongside/callback",
    "*",
    "",
  ];
}

test("only the registered address, to the letter, gets anything", async ({
  caller,
  databases: { owner },
}) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const before = await sessionState(owner, sid);
  const refused = await watch(owner, "code.refused");

  for (const redirect_uri of nearMisses()) {
    const answer = await authorize(agent, { ...wellAsked(sid), redirect_uri });
    expect(answer.status, redirect_uri).toBe(400);
    expect(answer.headers.location, redirect_uri).toBeUndefined();
    expect(answer.headers.refresh, redirect_uri).toBeUndefined();
    expect(answer.text, redirect_uri).not.toContain("evil");
  }
  const { redirect_uri: _, ...none } = wellAsked(sid);
  expect((await authorize(agent, none)).status).toBe(400);
  expect(await sessionState(owner, sid)).toBe(before);
  const entries = await refused();
  expect(entries).toHaveLength(nearMisses().length + 1);
  expect(new Set(entries.map(({ body }) => body.refused))).toEqual(new Set(["invalid"]));

  expect(sentBack(await authorize(agent, wellAsked(sid)))?.has("code")).toBe(true);
});

test("a client that is not known is sent nowhere", async ({ caller, databases: { owner } }) => {
  const agent = await caller();
  const sid = await started(agent, await subjectOf(owner, "jane@pebblewick.test"));
  const before = await sessionState(owner, sid);
  for (const client_id of ["", "Ledger", "ledger ", "ledger\0", "\u0000", "é", "x".repeat(5000)]) {
    const answer = await authorize(agent, { ...wellAsked(sid), client_id });
    expect(answer.status, client_id).toBe(400);
    expect(answer.headers.location, client_id).toBeUndefined();
  }
  expect(await sessionState(owner, sid)).toBe(before);
});
