import type { NextFunction, Request as Req, RequestHandler, Response as Res } from "express";
import type { BannerOptions } from "./banner/html.ts";
import { createAlongside, privateHeaders } from "./core/alongside.ts";
import type { Effect } from "./core/effects.ts";
import type { Impersonation } from "./core/impersonation.ts";
import type { Notice } from "./core/notices.ts";
import type { AlongsideOptions } from "./core/options.ts";
import { plainPage } from "./core/plain-page.ts";
import type { Demand, Permit, Verdict } from "./core/verdict.ts";
import { sockets } from "./sockets.ts";
import { askOf, sendWeb, webRequest } from "./web.ts";

declare module "express-serve-static-core" {
  interface Request {
    /** Set while somebody stands in for a customer. Absent in a customer's own session. */
    impersonation?: Impersonation;
  }
}

export type ExpressOptions = AlongsideOptions & {
  /** Whole page for a refusal, a pause or an end, in the product's look. */
  page?: (notice: Notice, req: Req) => string | Promise<string>;
};

/**
 * Express 5. `app.use(door.middleware)` before every route that a customer can reach and after body
 * parsing and static files. The guards stand beside a handler and can only make it stricter.
 */
export function alongside(options: ExpressOptions) {
  const core = createAlongside(options);
  const permits = new WeakMap<Req, Permit[]>();
  const finished = new WeakSet<Permit>();

  const middleware: RequestHandler = async (req, res, next) => {
    const own = await core.own(webRequest(req, core.settings.publicUrl));
    if (own instanceof Response) return sendWeb(own, res);
    if (own) return show(own.notice, own.cookies, req, res);
    await apply(await core.judge(askOf(req)), req, res, next);
  };

  async function apply(verdict: Verdict, req: Req, res: Res, next: NextFunction): Promise<void> {
    if (verdict.kind === "pass") return next();
    if (verdict.kind === "stop") return show(verdict.notice, verdict.cookies, req, res);
    const { permit } = verdict;
    const earlier = permits.get(req);
    if (earlier) {
      if (earlier.includes(permit)) return next();
      // What turns out to be a write is not reported as a view too.
      permits.set(req, [...earlier.filter((one) => one.asked !== null), permit]);
    } else {
      permits.set(req, [permit]);
      res.set(privateHeaders);
    }
    req.impersonation = permit.impersonation;
    // 499: the browser left before the answer was complete, perhaps before it was asked about.
    if (res.closed) finish(req, 499);
    else if (!earlier) follow(permit, req, res);
    next();
  }

  /** Reports the answer once it is given, or flows; and has it cut off when the session is over before its end. */
  function follow(permit: Permit, req: Req, res: Res): void {
    const letGo = permit.hold((overdue) => {
      if (overdue || res.headersSent) res.destroy();
    });
    // What stays open is seen long before it is over. A write is done when it is.
    const flows = setTimeout(() => {
      if (res.headersSent) finish(req, res.statusCode, (one) => one.asked === null);
    }, core.settings.freshMs).unref();
    res.once("finish", () => finish(req, res.statusCode));
    res.once("close", () => {
      clearTimeout(flows);
      letGo();
      finish(req, 499);
    });
  }

  /** Permits stay known: a guard that is reached late must find what it is to ask about. */
  function finish(req: Req, status: number, which: (one: Permit) => boolean = () => true): void {
    // Below a mounted router only the masked path is free of values.
    const template = !req.baseUrl && typeof req.route?.path === "string" ? req.route.path : null;
    for (const permit of permits.get(req) ?? []) {
      if (finished.has(permit) || !which(permit)) continue;
      finished.add(permit);
      permit.finish({ status, ...(template && { route: template }) });
    }
  }

  async function show(
    notice: Notice,
    cookies: readonly string[],
    req: Req,
    res: Res,
  ): Promise<void> {
    if (notice.impersonation) req.impersonation = notice.impersonation;
    else delete req.impersonation;
    // A page that was not shown is no view.
    const asked = permits.get(req)?.filter((permit) => permit.asked !== null);
    if (asked) permits.set(req, asked);
    res.status(notice.status).set(privateHeaders);
    for (const cookie of cookies) res.append("Set-Cookie", cookie);
    if (notice.status === 503) res.set("Retry-After", "5");
    if (req.accepts(["html", "json"]) === "json") {
      const { status, title, sentences } = notice;
      res
        .type("application/problem+json")
        .send(JSON.stringify({ type: "about:blank", title, status, detail: sentences.join(" ") }));
      return;
    }
    const html = options.page
      ? await options.page(notice, req)
      : plainPage(notice, bannerOf(req), options.product);
    res.type("html").send(html);
  }

  function guard(demand: Demand): RequestHandler {
    return async function guarded(req, res, next) {
      const permit = permits.get(req)?.at(-1);
      if (!permit) return next();
      await apply(await core.demand(askOf(req), permit, demand), req, res, next);
    };
  }

  function bannerOf(req: Req, more?: BannerOptions): string {
    return req.impersonation ? core.bannerHtml(req.impersonation, more) : "";
  }

  return {
    middleware,
    /** What this route does: asked of Alongside before the handler runs, if it is more than a view. */
    effect: (effect: Effect, more: { kinds?: readonly string[] } = {}) =>
      guard({ effect, ...more }),
    /** The route hands out data in bulk. */
    exports: (more: { kinds?: readonly string[] } = {}) => guard({ effect: "export", ...more }),
    /** Never while standing in. `name` completes “Nobody can … for somebody else”. */
    deny: (name: string) => guard({ denied: name }),
    /** First in the body of every page, error pages too. Empty in a customer's own session. */
    banner: bannerOf,
    /** Before the title of every page. */
    titlePrefix: (req: Req) => (req.impersonation ? core.titlePrefix(req.impersonation) : ""),
    /** For `server.on("upgrade", …)`: no WebSocket while standing in, or only one that shows. */
    upgrade: sockets(core),
    settle: core.settle,
  };
}
