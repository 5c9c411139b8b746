import { z } from "zod";
import { ok, type Refusal, Refused, type Result } from "#lib/kernel/result.ts";
import { retryAfterOf } from "#lib/limits/limited.ts";
import { receivedText, refusedType } from "./received.ts";

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
  too_large: [413, "Too large"],
  wrong_type: [415, "Not understood"],
  ended: [409, "Ended"],
  too_often: [429, "Asked too often"],
};

/** A verb's refusal as an answer of the API. */
export function refusalProblem(refusal: Refusal, headers?: Record<string, string>): Response {
  const [status, title] = statusOf[refusal.code] ?? [409, "Refused"];
  const { code, fields, detail } = refusal;
  return problem(status, title, refusal.message, {
    code,
    ...detail,
    ...(fields ? { fields } : {}),
    headers: { ...headers, ...retryAfter(refusal) },
  });
}

/** When to ask again (RFC 9110 §10.2.3), in whole seconds; nothing for a refusal that is not of a limit. */
export function retryAfter(refusal: Refusal): Record<string, string> {
  const seconds = retryAfterOf(refusal);
  return seconds === null ? {} : { "retry-after": String(seconds) };
}

/** What does not exist, and what is somebody else's. */
export const notFoundProblem = (): Response =>
  refusalProblem({ code: "not_found", message: "Nothing here that you may see." });

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

/** Query parameters parsed by `schema`; one that is given twice is refused. */
export function readQuery<S extends z.ZodType>(request: Request, schema: S): Result<z.output<S>> {
  const { searchParams } = new URL(request.url);
  const names = [...searchParams.keys()];
  if (new Set(names).size < names.length) return invalid("Give each parameter once.");
  return parsedBy(schema, Object.fromEntries(searchParams));
}

/** A JSON body of at most `limit` bytes (1 MiB), parsed by `schema`. Refuses with `invalid`, `wrong_type`, `too_large`. */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  limit = 1 << 20,
): Promise<Result<z.output<S>>> {
  const refused = refusedType(request, "application/json");
  if (refused) return { ok: false, error: refused };
  const text = await resultOf(receivedText(request, limit));
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch {
    return invalid("The body is not JSON.");
  }
  return parsedBy(schema, value);
}

function parsedBy<S extends z.ZodType>(schema: S, value: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return invalid(z.prettifyError(parsed.error).slice(0, 1000));
}

/** A form body (RFC 6749) of at most 16 KiB; null when it is something else, too large, or names a field twice. */
export async function readForm(request: Request): Promise<URLSearchParams | null> {
  if (refusedType(request, "application/x-www-form-urlencoded")) return null;
  const text = await resultOf(receivedText(request, 16 << 10));
  if (!text.ok) return null;
  const form = new URLSearchParams(text.value);
  return new Set(form.keys()).size === form.size ? form : null;
}

async function resultOf<T>(received: Promise<T>): Promise<Result<T>> {
  try {
    return ok(await received);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal };
    throw error;
  }
}
