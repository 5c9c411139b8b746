import { clearCookie, readCookie } from "./cookies.ts";
import { parseEnding } from "./details.ts";
import { backToAlongside, endedNotice } from "./ended.ts";
import { impersonationOf } from "./impersonation.ts";
import type { IssuerClient } from "./issuer.ts";
import { redirect } from "./login.ts";
import { type Notice, stillActingNotice } from "./notices.ts";
import type { Settings } from "./options.ts";
import { sameOrigin } from "./origin.ts";
import { ownPath } from "./page.ts";
import { textOrNull } from "./parse.ts";
import type { Sessions } from "./sessions.ts";
import { clock } from "./words.ts";

export type Left = Response | { notice: Notice; cookies: readonly string[] };

/** The ways out: from acting to looking, the End button, and the page that says why it is over. */
export function leaving(settings: Settings, issuer: IssuerClient, sessions: Sessions) {
  const cookies = [clearCookie("session", settings)];

  async function current(request: Request) {
    const id = readCookie(request.headers, "session", settings);
    return id === null ? null : sessions.find(id);
  }

  return {
    /** `POST look?page=…`, from the banner: acting is over, and the same page comes again for looking only. */
    async look(request: Request): Promise<Left> {
      const page = ownPath(new URL(request.url).searchParams.get("page"), settings.publicUrl);
      if (request.method !== "POST" || !sameOrigin(request.headers, settings.publicUrl))
        return redirect("/", []);
      const session = await current(request);
      if (!session) return redirect(page, []);
      const { sid } = session.stored.details;
      try {
        const answer = await issuer.post(sid, "look", {});
        if (answer.active === true) await sessions.narrowed(session);
        // The page that is asked for next says why it is over.
        else sessions.markEnded(sid, parseEnding(answer));
        return redirect(page, []);
      } catch {
        const impersonation = impersonationOf(session, settings, page, "paused", () => {});
        return { notice: stillActingNotice(impersonation), cookies: [] };
      }
    },

    /** `POST end`, from a form on our own pages. The browser is out whatever Alongside answers. */
    async end(request: Request): Promise<Left> {
      if (request.method !== "POST" || !sameOrigin(request.headers, settings.publicUrl))
        return redirect("/", []);
      const session = await current(request);
      if (!session) return redirect(settings.issuer, cookies);
      const { details } = session.stored;
      await sessions.drop(session);
      try {
        const answer = await issuer.post(details.sid, "end", { by: "actor" });
        const back = textOrNull(answer, "return_url") ?? details.sessionUrl;
        return redirect(backToAlongside(back, settings), cookies);
      } catch {
        return { notice: unheard(details.expiresAt), cookies };
      }
    },

    /** `GET ended`: where the banner leads when its time is over. */
    async ended(request: Request): Promise<Left> {
      const session = await current(request);
      if (!session) return redirect("/", []);
      const standing = await sessions.standing(session);
      if (standing.kind !== "ended") return redirect("/", []);
      return { notice: endedNotice(session, standing.ending, settings), cookies };
    },
  };

  function unheard(expiresAt: number): Notice {
    return {
      kind: "ended",
      status: 503,
      over: "You are nobody here now",
      title: `You have left ${settings.product}`,
      sentences: [
        `Alongside did not answer, so its own record is still open. It closes by itself, at ${clock(expiresAt)} at the latest; or end it there.`,
      ],
      facts: [],
      links: [{ label: "Back to Alongside", href: settings.issuer }],
      impersonation: null,
    };
  }
}
