import { type Request, Router } from "express";
import { type Happened, lastHappened, newsAfter, placeOf } from "../activity.ts";
import { follow } from "../follow.ts";
import { html, type Markup } from "../html.ts";
import { page } from "../layout.ts";
import { viewerOf } from "../signed-in.ts";
import { moment } from "../time.ts";

export const activityPages = Router();

activityPages.get("/activity", async (req, res) => {
  const before = numberIn(req.query.before);
  const { happened, more } = await lastHappened(viewerOf(req).accountId, before);
  const last = happened.at(-1);
  const body = html`<div class="row between"><h1>Activity</h1>${before === null && html`<p class="tag" data-live>Reload for what is new</p>`}</div>
<p class="vh" role="status" data-say></p>
<ol class="sheet feed" data-feed="${before === null ? (happened[0]?.id ?? 0) : null}" aria-label="What happened">${happened.map(itemOf)}</ol>
${happened.length === 0 && html`<p class="mild" data-empty>Nothing happened yet. Invoices, messages and changes appear here by themselves.</p>`}
${more && last && html`<p class="mild"><a href="/activity?before=${last.id}">Before that</a></p>`}
${before === null && html`<script type="module" src="/assets/activity.js"></script>`}`;
  res.send(await page(req, { title: "Activity", section: "Activity", body }));
});

/**
 * What happens from now on, as server-sent events of ready markup. While support stands in, the door cuts it off with the
 * session; a customer who signs out is looked after by `follow`.
 */
activityPages.get("/activity/stream", async (req, res) => {
  const viewer = viewerOf(req);
  const after = numberIn(req.get("last-event-id")) ?? numberIn(req.query.after) ?? 0;
  const readOn = await newsAfter(viewer.accountId, after);
  res.set({ "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" });
  if (req.method === "HEAD") return void res.end();
  res.write("retry: 1000\n\n");
  let last = after;
  // What was there before the first look is news too.
  let isFirst = true;
  const turn = async (isNew: boolean) => {
    for (const one of isNew || isFirst ? await readOn() : []) {
      last = Math.max(last, one.id);
      res.write(`id: ${last}\ndata: ${itemOf(one).toString().replaceAll("\n", " ")}\n\n`);
    }
    isFirst = false;
    // Also so that a connection which broke is noticed.
    res.write(": here\n\n");
  };
  const stop = follow({ req: Object.assign(req, { viewer }), turn, end: () => res.end() });
  res.once("close", stop);
  if (res.closed) stop();
});

function itemOf({ at, author, what, about }: Happened): Markup {
  const { href, label } = placeOf(about);
  return html`<li><p><strong>${author}</strong> ${what}</p><p class="mild"><a href="${href}">${label}</a> · ${moment(at)}</p></li>`;
}

function numberIn(value: Request["query"][string]): number | null {
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : null;
}
