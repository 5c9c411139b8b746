import type { Impersonation } from "../core/impersonation.ts";
import { countdown, dayAndClock, escapeHtml as esc } from "../core/words.ts";

export type BannerOptions = {
  basePath?: string;
  /** Name of the person whose own session lives in the same browser, if any. */
  beside?: string | null;
};

/** `(Looking as Jane Ashdown) `: first in the title, so that the tab says it too. */
export function titlePrefix({ scope, subject }: Impersonation): string {
  return `(${scope === "write" ? "ACTING" : "Looking"} as ${subject.name}) `;
}

/**
 * The banner, as the first element of the body. Text and End form are plain HTML inside the custom
 * element, so that it stands without script; the script counts, announces and puts it back.
 */
export function bannerHtml(impersonation: Impersonation, options: BannerOptions = {}): string {
  const { scope, actor, subject, account, expiresAt, serverNow, state, page } = impersonation;
  const base = options.basePath ?? "/alongside";
  const left = expiresAt.getTime() - serverNow;
  const verb = scope === "write" ? "acting" : "looking";
  const paused = state === "paused";
  const last = !paused && left < 60_000;
  const does = paused ? "as" : `is ${verb} as`;
  return `<alongside-banner role="region" aria-label="Impersonation" data-scope="${scope}" data-state="${state}" data-expires="${expiresAt.getTime()}" data-now="${Math.round(serverNow)}" data-sid="${esc(impersonation.sid)}" data-started="${impersonation.startedAt.getTime()}" data-subject="${esc(subject.id)}" data-page="${esc(page)}" data-after="${esc(base)}/ended" data-title="${esc(titlePrefix(impersonation))}">
<link rel="stylesheet" href="${esc(base)}/banner.css">
<div class="alongside-in">
<span class="alongside-sign" data-icon="${paused ? "clock" : verb}"><span>Impersonating<span class="alongside-dot"> · </span></span><span>${paused ? "paused" : verb}</span></span>
<p><b>${esc(actor.name)}</b> ${does} <b>${esc(subject.name)}</b>, ${esc(account.name)} <span class="alongside-env">${esc(impersonation.environment)}</span>${glassText(impersonation)}
<small data-when="usual"${last ? " hidden" : ""}>${paused ? pausedText : usualText(impersonation)}${besideText(options.beside)}</small>
<small data-when="last"${last ? "" : " hidden"}>${lastText(scope)}</small></p>
<div class="alongside-left"><time role="timer" datetime="PT${Math.max(0, Math.floor(left / 1000))}S">${countdown(left)}</time><span>left<noscript> when this page came</noscript></span></div>
<div class="alongside-doors">${otherScope(impersonation, base)}<form method="post" action="${esc(base)}/end"><button type="submit" class="alongside-button alongside-end"><span>End<span class="alongside-opt"> session</span></span></button></form></div>
</div>
<span class="alongside-say" role="status"></span>
<script type="module" src="${esc(base)}/banner.js"></script>
</alongside-banner>`;
}

/** From looking to acting by a question in Alongside; from acting to looking by one press. Neither while it does not answer. */
function otherScope({ scope, state, page, acting, subject }: Impersonation, base: string): string {
  if (state === "paused") return "";
  if (scope === "write")
    return `<form method="post" action="${esc(base)}/look?${esc(String(new URLSearchParams({ page })))}" class="alongside-look"><button type="submit" class="alongside-button">Just look</button></form>`;
  if (!acting) return "";
  const [seen, more] = toActing[acting.state];
  return `<a class="alongside-button alongside-act" data-state="${acting.state}" href="${esc(acting.url)}"><span>${seen}<span class="alongside-said"> as ${esc(subject.name)}</span>${more}</span></a>`;
}

/** What is seen, and whether a question follows. As whom is said to who does not see the sentence beside it. */
const toActing = {
  possible: ["Act", "…"],
  waiting: ["Asked to act", ""],
  granted: ["Start acting", ""],
} as const;

const pausedText =
  "<strong>Alongside does not answer.</strong> No page and no change until it does; the time runs on";

/** Stands in every state: what nobody approved is to be seen as that. */
function glassText({ breakGlass }: Impersonation): string {
  return breakGlass
    ? ' <strong class="alongside-glass"><span>Break-glass: nobody approved</span></strong>'
    : "";
}

function usualText({ scope, reason, ticket, reviewBy }: Impersonation): string {
  const meaning =
    scope === "write"
      ? "<strong>changes are real</strong> and recorded first"
      : "every change is refused";
  const review = reviewBy && `to be reviewed by ${dayAndClock(reviewBy.getTime())}`;
  return [esc(reason.label), ticket && esc(ticket), meaning, review].filter(Boolean).join(" · ");
}

function lastText(scope: Impersonation["scope"]): string {
  return scope === "write"
    ? "<strong>Less than a minute: save now.</strong> What is not saved at the end is kept for copying"
    : "<strong>Less than a minute.</strong> At the end this page closes by itself";
}

function besideText(name: string | null | undefined): string {
  return name ? ` · ${esc(name)}’s own session is signed in beside it` : "";
}
