import { cookies } from "next/headers";
import { NextRequest } from "next/server";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { z } from "zod";
import { askingMaxAge } from "./auth.ts";
import { env } from "./env.ts";
import { cookieName, cookieOptions, sessionMaxAge } from "./session-cookie.ts";

/** next-auth's answer to a request with this path under `/api/auth/`. */
export function nextAuth(
  options: NextAuthOptions,
  request: Request,
  path: string,
): Promise<Response> {
  // It takes its own address from the environment only; ours is the issuer, never the Host header.
  process.env.NEXTAUTH_URL = env().ALONGSIDE_URL;
  const segments = { params: Promise.resolve({ nextauth: path.split("/") }) };
  return NextAuth(options)(request, segments);
}

/**
 * Asks next-auth from here rather than from the browser, so that a form needs no script and its own addresses need not
 * be open. Its cookies are set on the answer under way; gives where it leads to.
 */
export async function askNextAuth(
  options: NextAuthOptions,
  path: string,
  body: Record<string, string>,
): Promise<{ ok: boolean; location: URL | null }> {
  const token = await ask(options, "csrf");
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await token.json());
  const answer = await ask(options, path, { ...body, csrfToken });
  const location = URL.parse(answer.headers.get("location") ?? "", env().ALONGSIDE_URL);
  return { ok: answer.status < 400 && location !== null, location };
}

async function ask(options: NextAuthOptions, path: string, body?: Record<string, string>) {
  const request = new NextRequest(new URL(`/api/auth/${path}`, env().ALONGSIDE_URL), {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: body ? new URLSearchParams(body) : null,
  });
  const [segments = ""] = path.split("?");
  const answer = await nextAuth(options, request, segments);
  const jar = await cookies();
  for (const line of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (!name || value === undefined) continue;
    jar.set(name, decodeURIComponent(value), { ...cookieOptions(), ...lasting(name) });
  }
  return answer;
}

/** The others last as long as the browser. */
function lasting(name: string): { maxAge?: number } {
  if (name === cookieName("session-token")) return { maxAge: sessionMaxAge };
  const asking = ["state", "pkce", "nonce"].map(cookieName);
  return asking.includes(name) ? { maxAge: askingMaxAge } : {};
}
