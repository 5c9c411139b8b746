import { ButtonLink } from "#components/ui/button.tsx";
import { Note } from "#components/ui/note.tsx";
import type { Edited } from "#lib/policy/edit-policy.ts";

type DoneProps = { done: Extract<Edited, { step: "done" }>; back: string };

/** What became of a change: in force, ahead, or waiting for a second person. */
export function Done({ done: { version, isAhead, proposal }, back }: DoneProps) {
  if (proposal)
    return (
      <Note
        tone="accent"
        role="status"
        title={`${proposal} waits for a second person`}
        actions={
          <>
            <ButtonLink href={`/proposals/${proposal}`}>Open {proposal}</ButtonLink>
            <ButtonLink variant="quiet" href={back}>
              The rules in force
            </ButtonLink>
          </>
        }
      >
        Something of it is looser, so it is in force once somebody else accepts it. Until then
        nothing changes.
      </Note>
    );
  return (
    <Note
      icon="check"
      role="status"
      title={`Policy ${version} ${isAhead ? "lies ahead" : "is in force"}`}
      actions={<ButtonLink href={back}>The rules in force</ButtonLink>}
    >
      {isAhead
        ? "Until its day the rules stay as they are."
        : "It holds for everybody from now on, and is on record."}
    </Note>
  );
}
