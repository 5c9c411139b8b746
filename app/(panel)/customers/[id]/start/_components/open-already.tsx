import { Note } from "#components/ui/note.tsx";
import { PlainLink } from "#components/ui/plain-link.tsx";
import { requestNumber } from "#lib/kernel/ids.ts";
import type { RequestView } from "#lib/requests/queries.ts";

/** A request for the same person is open: asking twice helps nobody. */
export function OpenAlready({ request }: { request: RequestView }) {
  const granted = request.status === "granted";
  return (
    <Note
      tone="accent"
      icon={granted ? "check" : "half"}
      title={
        granted
          ? `You may start: ${requestNumber(request.number)} is granted`
          : `You have asked already: ${requestNumber(request.number)} waits for a manager`
      }
    >
      <p className="sm">
        <PlainLink href={`/requests/${request.id}`}>
          {granted ? "Go there and start" : "See how it stands"}
        </PlainLink>
        . What you send here is a request of its own.
      </p>
    </Note>
  );
}
