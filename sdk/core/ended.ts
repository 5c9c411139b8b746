import type { Ending } from "./details.ts";
import type { Notice } from "./notices.ts";
import type { Settings } from "./options.ts";
import type { KnownSession } from "./sessions.ts";
import { clock, minutesBetween } from "./words.ts";

/** @param ending null when Alongside did not say why. */
export function endedNotice(
  session: KnownSession | null,
  ending: Ending | null,
  settings: Settings,
): Notice {
  const details = session?.stored.details;
  const name = ending?.subjectName ?? details?.subject.name;
  const startedAt = ending?.startedAt ?? details?.startedAt ?? null;
  const endedAt = ending?.endedAt ?? null;
  const granted =
    ending?.minutes ?? (details ? minutesBetween(details.startedAt, details.expiresAt) : null);
  const again = ofAlongside(ending?.againUrl ?? null, settings);
  const facts: [string, string][] = [];
  if (startedAt !== null && granted !== null) {
    const ms = endedAt === null ? granted * 60_000 : Math.max(0, endedAt - startedAt);
    const minutes = Math.min(Math.round(ms / 60_000), granted);
    const short = ms < 60_000 ? `${Math.floor(ms / 1000)} s of ${granted} min` : null;
    facts.push(["Lasted", short ?? `${minutes} min of ${granted}`]);
  }
  if (session?.running.lastWrite) facts.push(["Your last write", session.running.lastWrite]);
  return {
    kind: "ended",
    status: 403,
    over: "You are nobody here now",
    title: name ? `Your session as ${name} has ended` : "This session is not known here any more",
    sentences: [
      ending
        ? endSentence(ending, granted, name ?? "the customer")
        : silentEnd(session, granted, settings),
    ],
    facts,
    links: [
      {
        label: "Back to Alongside, where you were",
        href: backToAlongside(ending?.returnUrl ?? details?.sessionUrl ?? null, settings),
      },
      ...(again ? [{ label: "Again", href: again }] : []),
    ],
    impersonation: null,
  };
}

/** What can be said of an end without a word from Alongside. */
function silentEnd(
  session: KnownSession | null,
  minutes: number | null,
  { now }: Settings,
): string {
  if (!session) return "Go back to Alongside and enter it again, if it still runs.";
  const { clockOffset, details } = session.stored;
  return now() + clockOffset >= details.expiresAt
    ? `Its ${minutes} minutes are over.`
    : "It was entered again in another browser, and goes on there.";
}

function endSentence(ending: Ending, minutes: number | null, subject: string): string {
  const at = ending.endedAt === null ? "" : ` at ${clock(ending.endedAt)}`;
  const stop = ending.comment && /[.!?…]$/.test(ending.comment) ? "" : ".";
  const quote = ending.comment ? `: “${ending.comment}”${stop}` : stop;
  const by = ending.by ?? "Alongside";
  switch (ending.cause) {
    case "actor":
      return `You ended it${at}.`;
    case "manager":
    case "admin":
      return `${by} ended it${at}${quote}`;
    case "product":
      return `The product ended it${at}${quote}`;
    case "customer":
      return `${subject} ended it${at}${quote}`;
    case "time":
      return `Its ${minutes ?? ""} minutes are over.`.replace("  ", " ");
    case "idle":
      return `Nothing was done in it for too long, so it ended${at}.`;
    case "sign_out":
      return `Your sign-in to Alongside ended${at}, and this session with it.`;
    case "subject_withdrawn":
      return `${subject} was deactivated${at}, so nobody may stand in for them.`;
    case "actor_withdrawn":
      return `You may not stand in any more, since${at}.`.replace("since at", "since");
    case "account_stricter":
      return `The account became stricter${at}, so nobody may stand in there as before${ending.comment ? `. ${ending.comment}` : ""}.`;
    case "global_stop":
      return `${by} stopped all sessions${at}. Nothing starts until that is lifted.`;
    case "upgraded":
      return `You went on with a new session${at}, and that ends this one.`;
    case "code_reuse":
      return `Its sign-in code was presented twice${at}, which looks like theft, so it ended.`;
    default:
      return `It ended${at}${quote}`;
  }
}

/** Only to the issuer, whatever an answer says. */
export const backToAlongside = (url: string | null, settings: Settings): string =>
  ofAlongside(url, settings) ?? settings.issuer;

function ofAlongside(url: string | null, { issuer }: Settings): string | null {
  const target = url === null ? null : URL.parse(url, issuer);
  return target?.origin === new URL(issuer).origin ? target.href : null;
}
