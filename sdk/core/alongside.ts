import { bannerAsset } from "../banner/assets.ts";
import { type BannerOptions, bannerHtml, titlePrefix } from "../banner/html.ts";
import { guard } from "./guard.ts";
import type { Impersonation } from "./impersonation.ts";
import { issuerClient } from "./issuer.ts";
import { type Left, leaving } from "./leaving.ts";
import { LoginProblem, login } from "./login.ts";
import type { Notice } from "./notices.ts";
import { type AlongsideOptions, resolve } from "./options.ts";
import { reporter } from "./reporter.ts";
import { routeTable } from "./routes.ts";
import { sessions } from "./sessions.ts";
import { memoryStore } from "./store.ts";
import { watching } from "./watch.ts";

/** Headers of every page that is shown while somebody stands in. */
export const privateHeaders = { "cache-control": "no-store", vary: "Cookie" } as const;

/**
 * Everything that a product needs, on web-standard requests. `express.ts` is a thin layer over it;
 * another framework needs the same three calls: `own` first, then `judge`, and `finish` at the end.
 */
export function createAlongside(options: AlongsideOptions) {
  const settings = resolve(options, memoryStore(options.now ?? Date.now));
  const issuer = issuerClient(settings);
  const known = sessions(settings, issuer);
  const reports = reporter(issuer, known.markEnded);
  const { judge, demand } = guard({
    settings,
    sessions: known,
    reporter: reports,
    table: routeTable(settings),
    watch: watching(settings, known),
  });
  const enter = login(settings, issuer, known);
  const leave = leaving(settings, issuer, known);

  /** Answers the SDK's own routes under `basePath`; null for all others. */
  async function own(request: Request): Promise<Left | null> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`${settings.basePath}/`)) return null;
    const name = pathname.slice(settings.basePath.length + 1);
    try {
      if (name === "login" && request.method === "GET") return await enter.start(request);
      if (name === "callback" && request.method === "GET") return await enter.finish(request);
      if (name === "look") return await leave.look(request);
      if (name === "end") return await leave.end(request);
      if (name === "ended") return await leave.ended(request);
    } catch (error) {
      return { notice: loginNotice(error), cookies: [] };
    }
    return bannerAsset(name, request);
  }

  function loginNotice(error: unknown): Notice {
    const refused = error instanceof LoginProblem;
    return {
      kind: "problem",
      status: refused ? 400 : 503,
      title: "You are not in",
      sentences: [
        refused
          ? `${settings.product} did not open this session: ${error.message}. Nothing was shown and nothing was changed.`
          : "Alongside did not answer in time. Go back and enter the session again.",
      ],
      facts: [],
      links: [{ label: "Back to Alongside", href: settings.issuer }],
      impersonation: null,
    };
  }

  return {
    settings,
    own,
    judge,
    demand,
    /** Sends what is still to be told: call it before the process ends. */
    settle: reports.settle,
    bannerHtml: (impersonation: Impersonation, more: BannerOptions = {}) =>
      bannerHtml(impersonation, { basePath: settings.basePath, ...more }),
    titlePrefix,
  };
}

export type Alongside = ReturnType<typeof createAlongside>;
