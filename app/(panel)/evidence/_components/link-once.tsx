"use client";
import { Note } from "#components/ui/note.tsx";
import type { Invited } from "#lib/evidence/guests/invite.ts";
import { CopyText } from "../../_components/copy-text.tsx";

/** The link, for the one time that it is shown. */
export function LinkOnce({ invited, origin }: { invited: Invited; origin: string }) {
  return (
    <Note
      tone="accent"
      icon="key"
      role="status"
      title={`The link for ${invited.name}, shown this once`}
    >
      <p>
        <code
          className="mono secret"
          id="link"
        >{`${origin}/auditor/enter?key=${invited.secret}`}</code>
      </p>
      <CopyText from="link" atStart />
      <p>
        Send it to {invited.email} yourself. It lets in one browser, once, within seven days. Lost?
        Make another on {invited.name}’s page: the earlier one is then out of use.
      </p>
      <p>
        <a href={`/evidence/guests/${invited.guestId}`}>{invited.name}’s access</a>
      </p>
    </Note>
  );
}
