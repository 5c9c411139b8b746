import { request as httpRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { basic } from "#e2e/fixtures/http.ts";
import { anotherProduct } from "#e2e/fixtures/products.ts";
import { watch } from "#e2e/fixtures/record.ts";
import { test as base, expect } from "#e2e/fixtures/test.ts";
import { newId } from "#lib/kernel/ids.ts";

type Answer = { status: number; headers: Headers; body: Record<string, unknown> };
type Pusher = {
  proof: Record<string, string>;
  call: (method: string, path: string, headers?: object, body?: BodyInit) => Promise<Answer>;
  push: (body: BodyInit, path?: string) => Promise<Answer>;
};

/** A product that no other test knows, so that what it pushes disturbs nobody. */
const test = base.extend<{ product: Pusher }>({
  product: async ({ databases, urls }, use) => {
    const { proof } = await anotherProduct(databases.owner);
    const call: Pusher["call"] = async (method, path, headers = {}, body = undefined) => {
      const response = await fetch(`${urls.panel}/api/v1/directory${path}`, {
        method,
        headers: { ...proof, ...headers },
        ...(body === undefined ? {} : { body, duplex: "half" }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    };
    const push: Pusher["push"] = (body, path = "") =>
      call("PUT", path, { "content-type": "application/x-ndjson" }, body);
    await use({ proof, call, push });
  },
});

const account = (over: object = {}) =>
  JSON.stringify({
    type: "account",
    id: "h_1",
    name: "Hostile Ltd",
    tier: "standard",
    impersonation: "allowed",
    ...over,
  });

test("each hostile line is an error of its own, by number and field, and the others are in", async ({
  product,
}) => {
  const named = "name Must hold no control characters, half surrogates or changes of direction.";
  const lines: [string, string | null][] = [
    [`\ufeff${account()}\r`, null],
    ["", null],
    [account({ name: "a\u0000b" }), named],
    [
      '{"type":"account","id":"h_2","name":"\\ud800","tier":"standard","impersonation":"allowed"}',
      named,
    ],
    [account({ id: "h_3", name: "safe\u202egnp" }), named],
    [account({ id: "h_4", name: "x".repeat(201) }), "name Is longer than 200 characters."],
    ["[".repeat(60_000), "null Is not JSON."],
    [`${"[".repeat(30_000)}${"]".repeat(30_000)}`, "null Must be an object."],
    [`"${"x".repeat(10 << 20)}"`, "null Is longer than 65536 bytes."],
    ["1e999", "null Must be an object."],
    [account({ id: 1e308 }), "id Must be a text."],
    ['{"__proto__":{"type":"account"},"id":"h_5"}', "type Must be account, user or ticket."],
    ['{"type":"constructor"}', "type Must be account, user or ticket."],
    [
      account({ id: "h_6'; drop table subjects; --" }),
      "id Must be 1 to 64 letters, digits and “._:-”, the first a letter or digit.",
    ],
    [account({ id: "h_7", tier: "gold" }), "tier Must be standard or enterprise or regulated."],
    [account({ id: "h_8", name: "=HYPERLINK(1)<script>alert(1)</script>" }), null],
    [account({ id: "h_1", name: "Named twice" }), null],
    [account({ id: "h_9" }), null],
  ];
  const { status, body } = await product.push(lines.map(([line]) => line).join("\n"));
  expect(status).toBe(200);
  const expected = lines.flatMap(([, error], i) => (error ? [`${i + 1} ${error}`] : []));
  const errors = Array.isArray(body.errors) ? body.errors : [];
  expect(errors.map(({ line, field, message }) => `${line} ${field} ${message}`)).toEqual(expected);
  expect(body).toMatchObject({ accounts: 3, last_line: 18, rejected: 13 });
});

test("other types, packings and parameters are refused as problems, on record", async ({
  product,
  databases,
}) => {
  const entries = await watch(databases.owner, "directory.refused");
  const ndjson = { "content-type": "application/x-ndjson" };
  const packed = { ...ndjson, "content-encoding": "gzip" };
  const json = { "content-type": "application/json" };
  const refused: [Answer, number][] = [
    [await product.call("PUT", "", { "content-type": "text/plain" }, account()), 415],
    [await product.call("PUT", "", json, account()), 415],
    [await product.call("PUT", "", { ...ndjson, "content-encoding": "br" }, account()), 415],
    [await product.call("PUT", "", packed, account()), 400],
    [await product.call("PUT", "", packed, gzipSync(Buffer.alloc(100 << 20))), 413],
    [await product.push(account(), "?sync=1"), 400],
    [await product.push(account(), "?from_line=2"), 400],
    [await product.push(account(), "?synch=1"), 400],
    [await product.push(account(), `?sync=${newId()}&sync=${newId()}`), 400],
    [await product.push(account(), `?sync=${newId()}`), 404],
    [await product.call("GET", "/syncs/1"), 404],
    [await product.call("GET", `/syncs/${newId()}`), 404],
    [await product.call("POST", `/syncs/${newId()}/finish`, ndjson, "{}"), 415],
    [await product.call("POST", `/syncs/${newId()}/finish`, json, `"${"x".repeat(2 << 20)}"`), 413],
    [await product.call("POST", `/syncs/${newId()}/finish`, json, '{"gone":-1}'), 400],
    [await product.call("PUT", "", { ...ndjson, ...basic("x", "y") }, account()), 401],
  ];
  expect(refused.map(([{ status }]) => status)).toEqual(refused.map(([, status]) => status));
  for (const [{ headers, body }] of refused) {
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(Object.keys(body)).toEqual(expect.arrayContaining(["title", "status", "detail"]));
  }
  // Who did not prove who they are is counted elsewhere.
  expect(await entries()).toHaveLength(refused.length - 1);
  const good = await product.call("PUT", "", packed, gzipSync(account()));
  expect(good).toMatchObject({ status: 200, body: { accounts: 1 } });
});

test("a body of 40 MB comes through whole, with the headers that every answer has", async ({
  product,
}) => {
  const line = `${account({ ignored: "x".repeat(50_000) })}\n`;
  const { status, headers, body } = await product.push(line.repeat(800));
  expect({ status, ...body }).toMatchObject({ status: 200, last_line: 800, rejected: 0 });
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

/** A push that stays open, sent piece by piece. */
const opened = (url: string, proof: Record<string, string>) =>
  httpRequest(url, {
    method: "PUT",
    headers: { ...proof, "content-type": "application/x-ndjson" },
  }).on("error", () => {});

test("a sender that hangs holds nobody up, and one that is cut off goes on", async ({
  product,
  urls,
}) => {
  const begun = await product.call("POST", "/syncs");
  expect(begun.status).toBe(201);
  const sync = String(begun.body.id);
  const url = `${urls.panel}/api/v1/directory?sync=${sync}`;
  const state = async () => (await product.call("GET", `/syncs/${sync}`)).body;

  const slow = opened(url, product.proof);
  for (let i = 1; i <= 5100; i += 1) slow.write(`${account({ id: `h_${i % 50}` })}\n`);
  slow.write('{"type":"acc');
  await expect.poll(state).toMatchObject({ last_line: 5000 });
  // While it hangs, others push: of one product one part is written at a time.
  expect((await product.push(account({ id: "h_beside" }))).status).toBe(200);
  slow.destroy();

  const rest = Array.from({ length: 60 }, (_, i) => account({ id: `h_${i}` })).join("\n");
  const gap = await product.push(rest, `?sync=${sync}&from_line=5003`);
  expect(gap).toMatchObject({ status: 409, body: { code: "conflict", last_line: 5000 } });
  const pushed = await product.push(rest, `?sync=${sync}&from_line=5001`);
  expect(pushed).toMatchObject({ status: 200, body: { last_line: 5060, rejected: 0 } });
  const finished = await product.call(
    "POST",
    `/syncs/${sync}/finish`,
    { "content-type": "application/json" },
    "{}",
  );
  expect(finished.body).toMatchObject({
    status: "finished",
    gone: { accounts: 0, users: 0, tickets: 0 },
  });
});
