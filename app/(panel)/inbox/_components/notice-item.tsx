import { Time } from "#components/time.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { byWords } from "#lib/notices/choices.ts";
import type { InboxRow } from "#lib/notices/inbox.ts";
import type { OutName } from "#lib/notices/queue.ts";
import type { NoticeKind } from "#lib/vocabulary.ts";
import { ReadForm } from "./read-form.tsx";

type Props = { notice: InboxRow; now: Date; zone: string };

/** What was told, how it stands now, and the way to it. */
export function NoticeItem({ notice: { id, at, readAt, failed, message }, now, zone }: Props) {
  const [first] = message.links.filter(({ act }) => act === "open");
  const facts = message.facts.filter(({ label }) => !besides.includes(label));
  const waits = message.outcome === null && asking.includes(message.kind);
  return (
    <li className="notice" data-unread={readAt === null || undefined}>
      <Icon name={icons[message.kind]} />
      <div className="said">
        <h2>
          {first ? (
            <PlainLink href={first.href} data-row>
              {message.title}
            </PlainLink>
          ) : (
            message.title
          )}
          {readAt === null && <span className="vh">, unread</span>}
        </h2>
        {message.outcome && <p>{message.outcome}</p>}
        {message.quote && <p className="words">“{message.quote}”</p>}
        {facts.length > 0 && (
          <ul className="sm soft parts">
            {facts.map(({ label, value }) => (
              <li key={label}>
                {label}: {value}
              </li>
            ))}
          </ul>
        )}
        {failed.length > 0 && (
          <p className="sm">
            <Icon name="warn" /> It could not be sent by{" "}
            {failed.map((name) => (isOut(name) ? byWords[name] : name)).join(" and ")}, so it is
            only here.
          </p>
        )}
        <p className="row">
          {first && waits && (
            <PlainLink className="btn" href={first.href}>
              {first.label}
            </PlainLink>
          )}
          {readAt === null && <ReadForm noticeId={id} about={message.title} />}
        </p>
      </div>
      <Time at={at} now={now} zone={zone} />
    </li>
  );
}

/** What the request's own page says, and the title has. */
const besides = ["Who asks", "Why", "Caller", "Lately"];

const isOut = (name: string): name is OutName => name in byWords;
const asking: readonly NoticeKind[] = [
  ...(["request_asked", "request_reminded", "session_done", "session_review"] as const),
  ...(["proposal_made", "review_assigned", "review_task", "review_due", "finding_asked"] as const),
];

const icons: Record<NoticeKind, IconName> = {
  request_asked: "inbox",
  request_reminded: "clock",
  // A tick would say yes, and this may be a no: the title says which.
  request_decided: "inbox",
  request_no_approver: "warn",
  session_done: "list",
  session_review: "bolt",
  break_glass: "bolt",
  proposal_made: "two",
  proposal_decided: "two",
  review_assigned: "review",
  review_task: "review",
  review_due: "review",
  finding_asked: "flag",
  breadth: "live",
  staff: "two",
  test: "info",
};
