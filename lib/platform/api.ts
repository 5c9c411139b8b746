import { z } from "zod";
import type { Refusal, Result } from "#lib/kernel/result.ts";

/** An error answer (RFC 9457). `title` is the same for every occurrence, `detail` is about this one. */
export function problem(
  status: number,
  title: string,
  detail: string,
  more: { headers?: HeadersInit; [member: string]: unknown } = {},
): Response {
  const { headers, ...members } = more;
  const answer = new Headers(headers);
  answer.set("content-type", "application/problem+json");
  answer.set("cache-control", "no-store");
  const body = { type: "about:blank", title, status, detail, ...members };
  return new Response(JSON.stringify(body), { status, headers: answer });
}

const statusOf: Partial<Record<Refusal["code"], [number, string]>> = {
  not_signed_in: [401, "Not authenticated"],
  not_allowed: [403, "Not allowed"],
  not_found: [404, "Not found"],
  invalid: [400, "Not understood"],
  ended: [409, "Ended"],
};

/** A verb's refusal as an answer of the API. */
export function refusalProblem(refusal: Refusal, headers?: HeadersInit): Response {
  const [status, title] = statusOf[refusal.code] ?? [409, "Refused"];
  const { code, fields } = refusal;
  return problem(status, title, refusal.message, { code, ...(fields ? { fields } : {}), headers });
}

/** JSON that nobody may keep. */
export const json = (value: unknown, init: ResponseInit = {}): Response => {
  const headers = new Headers(init.headers);
  headers.set("cache-control", "no-store");
  return Response.json(value, { ...init, headers });
};

const invalid = (message: string): Result<never> => ({
  ok: false,
  error: { code: "invalid", message },
});

/** A JSON body of at most `limit` bytes (1 MiB), parsed by `schema`. Refuses with `invalid`. */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  limit = 1 << 20,
): Promise<Result<z.output<S>>> {
  if (!hasType(request, "application/json")) return invalid("Send application/json.");
  const text = await readText(request, limit);
  if (text === null) return invalid(`The body is larger than ${limit} bytes.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid("The body is not JSON.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return invalid(z.prettifyError(parsed.error).slice(0, 1000));
}

/** A form body (RFC 6749) of at most 16 KiB; null when it is something else, too large, or names a field twice. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  if (!hasType(request, "application/x-www-form-urlencoded")) return null;
  const text = await readText(request, 16 << 10);
  if (text === null) return null;
  const form = new URLSearchParams(text);
  return new Set(form.keys()).size === form.size ? form : null;
}

const hasType = (request: Request, type: string): boolean =>
  request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() === type;

/** The body as text; null as soon as it passes `limit` bytes, whatever Content-Length says. */
async function readText(request: Request, limit: number): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
