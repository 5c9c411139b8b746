import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { z } from "zod";
import { gate } from "./gate.ts";

/** Where the panel is said to be. */
export const own = "https://alongside.test";

/** In Next's place: says what it was given. */
export const server = createServer(async (asked, answer) => {
  if (!(await gate(asked, answer))) return;
  let size = 0;
  for await (const chunk of asked) size += chunk.length;
  answer.end(JSON.stringify({ headers: asked.headers, size }));
});
/** Where it is, once tests run. */
export let port = 0;

/** Serves what follows in a test file; its database is out of reach. */
export function serveGated(): void {
  beforeAll(async () => {
    vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    vi.stubEnv("ALONGSIDE_URL", own);
    vi.stubEnv("NEXTAUTH_SECRET", "x".repeat(32));
    vi.stubEnv(
      "ALONGSIDE_SIGNING_KEYS",
      '[{"kty":"EC","crv":"P-256","kid":"1","x":"x","y":"y","d":"d","signs_from":"2026-01-01T00:00:00Z"}]',
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" ? (address?.port ?? 0) : 0;
  });
  afterAll(() => {
    server.close();
    vi.unstubAllEnvs();
  });
}

const passed = z.object({ headers: z.record(z.string(), z.string()), size: z.number() });
export type Sent = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  parts?: number;
};

/** Asks to the letter. */
export function ask(path: string, { method = "GET", headers = {}, body, parts = 1 }: Sent = {}) {
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const call = request({
        host: "127.0.0.1",
        port,
        path,
        method,
        headers: { ...length, ...headers },
        agent: false,
      });
      call.on("error", reject);
      call.on("response", async (answer) => {
        let text = "";
        for await (const chunk of answer) text += chunk;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
      const size = Math.ceil((body?.length ?? 0) / parts);
      for (let part = 0; part < parts; part++)
        if (body) call.write(body.slice(part * size, (part + 1) * size));
      call.end();
    },
  );
}
/** What Next is given. */
export const seen = async (path: string, sent?: Sent) => {
  const { status, text } = await ask(path, sent);
  expect(status, path).toBe(200);
  return passed.parse(JSON.parse(text));
};

const type = "multipart/form-data; boundary=b";
export const form = (fields: [string, string][]) =>
  fields
    .map(([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`)
    .concat("--b--\r\n")
    .join("\r\n");
export const post = (body: string, headers: Record<string, string> = {}): Sent => ({
  method: "POST",
  headers: { "content-type": type, origin: own, ...headers },
  body,
});
