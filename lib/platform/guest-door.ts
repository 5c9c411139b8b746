import { headers } from "next/headers";
import { enterByLink } from "#lib/evidence/guests/enter.ts";
import { leave } from "#lib/evidence/guests/visit.ts";
import { noteForeign } from "./foreign.ts";
import { clearGuestCookie, setGuestCookie } from "./guest-cookie.ts";
import { anonymousCtx, isOwnOrigin } from "./request.ts";
import { currentGuest } from "./require-guest.ts";

/** Answers the button of a link's page: exchanges the link for this browser's own access, once. */
export async function enterAsGuest(request: Request): Promise<Response> {
  if (!(await isOurs(request))) return seeOther("/auditor/enter?because=foreign");
  const form = await request.formData().catch(() => null);
  const key = form?.get("key");
  if (typeof key !== "string" || !/^[\w-]{1,100}$/.test(key))
    return seeOther("/auditor/enter?because=unknown");
  // Whoever was let in by this browser before leaves with the new one.
  const before = await currentGuest();
  const entered = await enterByLink(anonymousCtx(await headers()), key);
  if (!entered.ok) {
    const { code, detail } = entered.error;
    const why = code === "not_found" ? "unknown" : String(detail?.why ?? code);
    return seeOther(`/auditor/enter?because=${why}`);
  }
  if (before.ctx) await leave(before.ctx);
  await setGuestCookie(entered.value.session, entered.value.expiresAt);
  return seeOther("/auditor");
}

/** Ends the access of this browser. */
export async function leaveAsGuest(request: Request): Promise<Response> {
  if (!(await isOurs(request))) return seeOther("/auditor/enter?because=foreign");
  const current = await currentGuest();
  if (current.ctx) await leave(current.ctx);
  await clearGuestCookie();
  return seeOther("/auditor/enter?because=left");
}

async function isOurs(request: Request): Promise<boolean> {
  if (isOwnOrigin(request.headers)) return true;
  await noteForeign(request.headers);
  return false;
}

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
