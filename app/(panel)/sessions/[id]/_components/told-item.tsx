import type { ReactNode } from "react";
import { Time } from "#components/time.tsx";
import { withUnit } from "#components/time-words.ts";
import type { IconName } from "#components/ui/icon.tsx";
import { Quote } from "#components/ui/quote.tsx";
import { TimelineItem } from "#components/ui/timeline.tsx";
import type { SessionPage, Told } from "#lib/impersonation/timeline.ts";
import { Moment } from "../../../_deeds/moment.tsx";
import { text } from "../words.ts";

type ToldItemProps = { entry: Told; session: SessionPage; zone: string };

const icons: Partial<Record<Told["event"], IconName>> = {
  "request.asked": "inbox",
  "request.approved": "check",
  "request.granted": "check",
  "request.denied": "x",
  "request.lapsed": "clock",
  "request.cancelled": "x",
  "session.started": "right",
  "session.narrowed": "eye",
  "session.ended": "stop",
  "code.issued": "out",
  "token.issued": "key",
  "break_glass.used": "bolt",
  "session.review_due": "inbox",
  "session.reviewed": "eye",
};

/** One entry of the audit log about this session, other than what was done in the product. */
export function ToldItem({ entry, session, zone }: ToldItemProps) {
  const edge = entry.event === "session.started" || entry.event === "session.ended";
  const refused = entry.event.endsWith("refused");
  return (
    <TimelineItem
      kind={refused ? "refused" : edge ? "edge" : "plain"}
      icon={refused ? "ban" : (icons[entry.event] ?? "info")}
      time={<Moment at={entry.at} zone={zone} />}
      result={entry.event === "request.asked" ? session.request.ticket : undefined}
    >
      {sentence(entry, session, zone)}
    </TimelineItem>
  );
}

function sentence(entry: Told, session: SessionPage, zone: string): ReactNode {
  const { body } = entry;
  const by = text(body.by) ?? "Somebody";
  const comment = text(body.comment);
  switch (entry.event) {
    case "request.asked":
      return (
        <span>
          <strong>{by}</strong> asked to {session.grantedScope === "write" ? "act" : "look"},{" "}
          {withUnit(session.request.minutes, "min")}, <Quote>{session.request.reason}</Quote>
        </span>
      );
    case "request.approved":
      return (
        <span>
          <strong>{by}</strong> approved
          {typeof body.minutes === "number" && `, ${withUnit(body.minutes, "min")}`}
          {comment && (
            <>
              : <Quote>{comment}</Quote>
            </>
          )}
        </span>
      );
    case "request.granted":
      return session.request.breakGlass ? (
        <span>Nobody approved: the glass was broken, as policy {session.policyVersion} allows</span>
      ) : (
        <span>Allowed by policy {session.policyVersion}, no approval needed</span>
      );
    case "session.started":
      return (
        <>
          <strong>Session started</strong>
          <span className="faint">
            ends by{" "}
            <Time at={session.expiresAt} now={session.startedAt} zone={zone} style="seconds" /> at
            the latest
          </span>
        </>
      );
    case "session.ended":
      return <strong>{text(body.what) ?? "Session ended"}</strong>;
    default:
      return <span>{text(body.what) ?? entry.event}</span>;
  }
}
