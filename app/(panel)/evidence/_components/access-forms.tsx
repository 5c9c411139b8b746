"use client";
import { useActionState } from "react";
import { Note } from "#components/ui/note.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { untried } from "#lib/platform/form-state.ts";
import { endAuditorsAccess, makeAnotherLink } from "../guests/actions.ts";
import { LinkOnce } from "./link-once.tsx";

type AccessFormsProps = { guestId: string; name: string; origin: string };

/** Another link, or the end. */
export function AccessForms({ guestId, name, origin }: AccessFormsProps) {
  const [link, make] = useActionState(makeAnotherLink, untried);
  const [end, revoke] = useActionState(endAuditorsAccess, untried);
  const refused = [link, end].find((state) => state.ok === false);
  return (
    <div className="stack access">
      {refused?.ok === false && <Note tone="problem" role="alert" title={refused.error.message} />}
      {link.ok && <LinkOnce invited={link.value} origin={origin} />}
      <form action={make} className="stack s">
        <input type="hidden" name="guestId" value={guestId} />
        <p className="sm soft">
          A new link puts every earlier one out of use, and the browser that it let in.
        </p>
        <div className="row">
          <SubmitButton icon="key">Make another link</SubmitButton>
        </div>
      </form>
      <form action={revoke} className="stack s">
        <input type="hidden" name="guestId" value={guestId} />
        <p className="sm soft">
          The next click of {name} is refused. It cannot be undone: invite anew.
        </p>
        <div className="row">
          <SubmitButton icon="stop">End the access now</SubmitButton>
        </div>
      </form>
    </div>
  );
}
