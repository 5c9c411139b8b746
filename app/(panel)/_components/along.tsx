import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Carried } from "../start/link.ts";

/** What a link from elsewhere brought, over the search: it goes along with whom is chosen, or is left. */
export function Along({ carried: { ticket, url }, q }: { carried: Carried; q: string }) {
  if (!ticket && !url) return null;
  return (
    <Note
      icon="open"
      title="This goes along with whom you choose"
      actions={<ButtonLink href={q ? `/?q=${encodeURIComponent(q)}` : "/"}>Leave it</ButtonLink>}
    >
      {ticket && (
        <p className="sm wrap-anywhere">
          Ticket <span className="mono">{ticket}</span>
        </p>
      )}
      {url && <p className="sm wrap-anywhere">Page {url}</p>}
    </Note>
  );
}
