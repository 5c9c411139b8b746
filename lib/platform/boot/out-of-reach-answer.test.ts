import { createServer } from "node:http";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { freePort } from "#db/embedded/port.ts";

const own = "https://alongside.test";
let address = "";

const server = createServer(async (request, response) => {
  const { answerOutOfReach } = await import("./out-of-reach-answer.ts");
  await answerOutOfReach(request, response);
});
beforeAll(async () => {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
  vi.stubEnv("ALONGSIDE_URL", own);
  vi.stubEnv("NEXTAUTH_SECRET", "x".repeat(32));
  const key = { kty: "EC", crv: "P-256", kid: "1", x: "x", y: "y", d: "d" };
  const keys = [{ ...key, signs_from: "2026-01-01T00:00:00Z" }];
  vi.stubEnv("ALONGSIDE_SIGNING_KEYS", JSON.stringify(keys));
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  address = `http://127.0.0.1:${port}/customers`;
});
afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
  vi.resetModules();
});

const send = async (fields: Record<string, string>, origin = own) => {
  const answer = await fetch(address, {
    method: "POST",
    headers: { accept: "text/html", origin },
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, text: await answer.text() };
};

it("gives a form back to be sent again, as it was", async () => {
  const { status, text } = await send({ reason: "The <b>list</b> is wrong." });
  expect(status).toBe(503);
  expect(text).toContain("It is kept in this page");
  expect(text).toContain("The &#60;b&#62;list&#60;/b&#62; is wrong.");
});

it("answers one that is too long to be kept, or of elsewhere, all the same", async () => {
  for (const sent of [
    send({ reason: "x".repeat(6 << 20) }),
    send({ reason: "The list is wrong." }, "https://evil.test"),
  ]) {
    const { status, text } = await sent;
    expect(status).toBe(503);
    expect(text).toContain("Alongside cannot reach its record");
    expect(text).not.toContain("It is kept in this page");
  }
});
