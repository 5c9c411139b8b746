import { Confirmed } from "#components/ui/toast.tsx";
import type { readJustEnded } from "#lib/impersonation/just-ended.ts";
import { againPath } from "#lib/requests/again-path.ts";

type JustEndedProps = { session: NonNullable<Awaited<ReturnType<typeof readJustEnded>>> };

/** Confirms the end of the reader's own session, wherever they pressed, with what comes next. */
export function JustEnded({ session }: JustEndedProps) {
  return (
    <Confirmed
      id={`ended-${session.number}`}
      text={`Your session as ${session.subject} has ended.`}
      ways={[
        { label: "Note", href: `/sessions/${session.id}#note` },
        { label: "Again", href: againPath(session) },
      ]}
      keepsFocus
      oncePerTab
    />
  );
}
